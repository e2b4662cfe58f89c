/** For tests: the cases recorded on AWS. */

import { existsSync, readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../json.ts';

export interface RecordedCase {
  readonly id: string;
  readonly group: string;
  readonly definition: JsonObject;
  readonly input: Json;
  readonly noInput?: boolean;
  readonly queryLanguage?: string;
  readonly type?: 'EXPRESS';
  readonly api?: string;
  readonly needs?: string[];
  readonly lambdas?: Record<string, LambdaBehaviour>;
  readonly machines?: Record<string, JsonObject>;
  readonly queues?: Record<string, QueueReply>;
  readonly expect: Expectation;
}

interface Expectation {
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: Json;
  readonly events?: string[];
  readonly eventsOrder?: string;
  readonly eventsIgnore?: string[];
  readonly createError?: string;
  readonly createMessage?: string;
}

export type LambdaBehaviour =
  | { readonly kind: 'echo' }
  | { readonly kind: 'return'; readonly value: Json }
  | { readonly kind: 'returnRepeat'; readonly text: string; readonly times: number }
  | {
      readonly kind: 'raise';
      readonly errorType: string;
      readonly errorMessage: string;
      readonly stackTrace: Json;
    }
  | { readonly kind: 'sleep'; readonly seconds: number };

export interface QueueReply {
  readonly reply: 'none' | 'success' | 'failure';
  readonly output?: string;
  readonly heartbeats?: number;
  readonly error?: string;
  readonly cause?: string;
}

/** The file of cases; ASL_CASES names it when it is not beside the project. */
const file = process.env.ASL_CASES ?? new URL('../../../../../shared/asl-cases/cases.json', import.meta.url);

/** Returns all cases, or undefined when the file is missing. */
export function recordedCases(): RecordedCase[] | undefined {
  if (!existsSync(file)) return undefined;
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: RecordedCase[] };
  return cases;
}
