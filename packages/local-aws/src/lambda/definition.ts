/** A function as its owner declares it; what is left out is as on Lambda. */
export interface FunctionDefinition {
  name: string;
  /** File of the module that exports `handler`. */
  file: string;
  environment?: Readonly<Record<string, string>>;
  /** MB; 128 when left out. */
  memory?: number;
  /** Seconds; 3 when left out. */
  timeout?: number;
  /** Maximum number of concurrent invocations; more are throttled. */
  reservedConcurrency?: number;
  /** The function's name in the log, such as one without a prefix. */
  label?: string;
  /** Aliases, which choose $LATEST until they are given a published version. */
  aliases?: readonly string[];
  /** Can be invoked by name, but is not listed. */
  hidden?: boolean;
}

/** A function with the values of everything that its declaration leaves out. */
export type DeployedFunction = Required<Omit<FunctionDefinition, 'reservedConcurrency' | 'hidden'>> &
  Pick<FunctionDefinition, 'reservedConcurrency' | 'hidden'> & {
    /** The published version; `$LATEST` can still change. */
    version: string;
    /** Base64; only of uploaded code, since source files can change at any time. */
    codeSha256?: string;
  };

export const deployedFunction = (definition: FunctionDefinition): DeployedFunction => ({
  environment: {},
  memory: 128,
  timeout: 3,
  label: definition.name,
  aliases: [],
  version: '$LATEST',
  ...definition,
});
