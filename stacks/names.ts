import { type FunctionName, functions } from '../config/functions.ts';

/** Returns the names of a stage's resources: prod has the specified plain names, other stages contain their own name. */
export function namesOf(stage: string) {
  const prefix = stage === 'prod' ? 'manga-pipeline' : `manga-pipeline-${stage}`;
  const named = (name: string) => `${prefix}-${name}`;
  return {
    /** Prefix, and the name of the stack and of the state machine. */
    prefix,
    named,
    jobsTable: named('jobs'),
    countersTable: named('counters'),
    chaptersTable: named('chapters'),
    machinesTable: named('machines'),
    errorTopic: named('errors'),
    deadLetters: named('dead-letters'),
    functions: Object.fromEntries(Object.keys(functions).map((name) => [name, named(name)])) as Record<
      FunctionName,
      string
    >,
    /** State machine of the execution that tries new code; the name of a stage has no hyphen. */
    canary: named('canary-run'),
    /** Bucket names are globally unique, so they contain the account and the region. */
    artifactsBucket: (account: string, region: string) => `${named('artifacts')}-${account}-${region}`,
    functionLogs: (name: FunctionName) => `/aws/lambda/${named(name)}`,
    flowLogs: `/aws/vendedlogs/states/${prefix}`,
    workerLogs: `/${prefix}/workers`,
    secret: (name: string) => `${prefix}/${name}`,
  };
}
export type Names = ReturnType<typeof namesOf>;
