/** A function as the deployment declares it. */
export interface FunctionDefinition {
  name: string;
  /** The function's name in the log: without the deployment's prefix. */
  label: string;
  /** File of the module that exports `handler`. */
  file: string;
  environment: Readonly<Record<string, string>>;
  /** MB */
  memory: number;
  /** Seconds. */
  timeout: number;
  /** Maximum number of concurrent invocations; more are throttled. */
  reservedConcurrency?: number;
}
