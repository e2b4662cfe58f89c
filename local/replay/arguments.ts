import { parseArgs } from 'node:util';

export interface ReplayArguments {
  history: string;
  from: StartingState | undefined;
  /** Where a local cloud is that runs already. */
  port: number;
  help: boolean;
}

/** `GenerateScript`, or `GenerateScript#2` for the second time that the execution came to it. */
export interface StartingState {
  state: string;
  /** The last time where none is given. */
  visit: number | undefined;
}

/** What is wrong with what was asked for, in one line. */
export class ReplayRefused extends Error {
  override readonly name = 'ReplayRefused';
}

export const replayHelp = `Keeps the history of an execution on AWS in the local cloud, and runs it again from any of its states.

  aws stepfunctions get-execution-history --execution-arn ARN --output json > history.json
  make replay HISTORY=history.json [FROM=State] [PORT=8083]
  node local/replay.ts --history history.json [--from State] [--port 8083]

  HISTORY  what the command above printed
  FROM     the state to start at, with the input and the variables that it had; State#2 for the second time that the
           execution came to it. Without it the states are listed
  PORT     where make dev listens, if it runs; otherwise its state is used as it lies in .local/dev

The definition is today's asl/pipeline.asl.json. The kept execution can be read like any other, but not be redriven.
`;

export function parseReplayArguments(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): ReplayArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      history: { type: 'string' },
      from: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const help = values.help ?? false;
  const history = values.history || environment.HISTORY || '';
  if (history === '' && !help)
    throw new ReplayRefused(
      'HISTORY=file.json must name the output of aws stepfunctions get-execution-history',
    );
  return {
    history,
    from: startingState(values.from || environment.FROM),
    port: Number(values.port || environment.PORT || 8083),
    help,
  };
}

function startingState(given: string | undefined): StartingState | undefined {
  if (!given) return undefined;
  const [, state = given, visit] = /^(.*)#(\d+)$/.exec(given) ?? [];
  return { state, visit: visit === undefined ? undefined : Number(visit) };
}
