import { type FunctionName, functions } from '../config/functions.ts';

/** What everything of a stage is called: prod has the contract's plain names, so it can't be told from them. */
export function namesOf(stage: string) {
  const prefix = stage === 'prod' ? 'manga-pipeline' : `manga-pipeline-${stage}`;
  const named = (name: string) => `${prefix}-${name}`;
  return {
    /** Of the stack and of the state machine. */
    prefix,
    named,
    jobsTable: named('jobs'),
    countersTable: named('counters'),
    chaptersTable: named('chapters'),
    errorTopic: named('errors'),
    deadLetters: named('dead-letters'),
    functions: Object.fromEntries(Object.keys(functions).map((name) => [name, named(name)])) as Record<
      FunctionName,
      string
    >,
    /** Bucket names are the world's, not the account's. */
    artifactsBucket: (account: string, region: string) => `${named('artifacts')}-${account}-${region}`,
    functionLogs: (name: FunctionName) => `/aws/lambda/${named(name)}`,
    flowLogs: `/aws/vendedlogs/states/${prefix}`,
    workerLogs: `/${prefix}/workers`,
    secret: (name: string) => `${prefix}/${name}`,
  };
}
export type Names = ReturnType<typeof namesOf>;
