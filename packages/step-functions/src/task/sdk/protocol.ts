/** Messages between the service and the thread that calls services with the AWS SDK. */

import type { Json } from '../../json.ts';
import type { Naming } from './names.ts';

/** Asks for the problems of a task that calls an action, with its parameters and the name of their field. */
export interface SdkCheck {
  readonly type: 'check';
  readonly client: string;
  readonly action: string;
  readonly naming: Naming;
  /** The problem to report for an action that the service lacks. */
  readonly unknownAction: string;
  readonly parameters: Given | undefined;
}

/** The parameters of a task, in the field of its state that has them. */
export interface Given {
  readonly field: string;
  readonly value: Json;
  /** True for those of a definition, in which expressions stand for values; false for those that a task starts with. */
  readonly isTemplate: boolean;
}

/** Asks whether a mocked result of an action conforms to the service's model; the answer is the problem. */
export interface SdkMock {
  readonly type: 'mock';
  readonly client: string;
  readonly action: string;
  readonly naming: Naming;
  readonly result: Json;
  /** True if required fields must be present. */
  readonly strict: boolean;
}

export interface SdkCall {
  readonly type: 'call';
  readonly client: string;
  readonly action: string;
  readonly naming: Naming;
  readonly parameters: Json;
  readonly endpoint: string;
  readonly region: string;
}

export interface SdkMessage {
  readonly id: number;
  readonly request: SdkCheck | SdkMock | SdkCall;
}

/** A problem and the field of the state that has it; AWS does not name the place inside that field. */
export interface SdkProblem {
  readonly text: string;
  readonly field: string;
}

export type SdkResult =
  | {
      readonly type: 'output';
      readonly output: Json;
      readonly status: number;
      readonly requestId: string | undefined;
    }
  | SdkFailure
  /** The service did not respond. */
  | { readonly type: 'notSent'; readonly message: string; readonly serviceId?: string };

interface SdkFailure {
  readonly type: 'failure';
  readonly serviceId: string;
  readonly code: string;
  /** True if the service's model names the error. */
  readonly modeled: boolean;
  readonly message: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly extendedRequestId: string | undefined;
}
