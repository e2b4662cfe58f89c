import type { StatesService } from 'step-functions-local';
import type { CloudClock } from './clock/cloud-clock.ts';
import type { Instance } from './ec2/instance.ts';
import type { DeployedFunction } from './lambda/definition.ts';
import type { Result } from './lambda/functions.ts';

export interface Cloud {
  /** The value of AWS_ENDPOINT_URL: `http://127.0.0.1:8083`. */
  endpoint: string;
  region: string;
  /** Options of a client of the AWS SDK for JavaScript. */
  clientOptions: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  clock: CloudClock;
  functions(): DeployedFunction[];
  /** Runs a function and waits for it. A function's failure is a result, not a thrown error. */
  invoke(name: string, payload: string): Promise<Result>;
  instances(): readonly Instance[];
  /** The values in Secrets Manager, which must be masked wherever the cloud is shown. */
  secretTexts(): string[];
  /** Events of an execution as JSON texts in order: at most `limit` after the event with the id `after`. */
  history: StatesService['history'];
  /** Ports for debuggers, by the name of what they debug. */
  inspectorPorts: ReadonlyMap<string, number>;
  /** Resolves when saved changes are watched, or immediately when reload is off. */
  watching: Promise<void>;
  /** Lets EC2 interrupt an instance, with the usual notice of two minutes. */
  giveSpotNotice(instanceId: string): void;
  /** Kills a machine, or the threads of a function, without notice, like a failing host. */
  killMachine(instanceId: string): void;
  killFunction(name: string): Promise<void>;
  /** Ends every process and thread; executions and instances continue at the next start. */
  close(): Promise<void>;
}
