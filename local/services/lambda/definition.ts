/** A function as the deployment declares it. */
export interface FunctionDefinition {
  name: string;
  /** What the log calls it: the function without the deployment's prefix. */
  label: string;
  /** File of the module that exports `handler`. */
  file: string;
  environment: Readonly<Record<string, string>>;
  /** MB */
  memory: number;
  /** Seconds. */
  timeout: number;
  /** Invocations at the same time at most; more are throttled. */
  reservedConcurrency?: number;
}
