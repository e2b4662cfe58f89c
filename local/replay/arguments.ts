import { parseArgs } from 'node:util';
import { givenPath } from '../../config/given-path.ts';

export interface ReplayArguments {
  history: string;
  from: StartingState | undefined;
  help: boolean;
}

/** `GenerateScript`, or `GenerateScript#2` for the second visit of that state. */
export interface StartingState {
  state: string;
  /** The last visit when undefined. */
  visit: number | undefined;
}

/** An invalid request, described in one line. */
export class ReplayRefused extends Error {
  override readonly name = 'ReplayRefused';
}

export const replayHelp = `Imports the history of an execution on AWS into the local cloud, and runs it again from any of its states.

  aws stepfunctions get-execution-history --execution-arn ARN --output json > history.json
  make replay HISTORY=history.json [FROM=State]
  node local/replay.ts --history history.json [--from State]

  HISTORY  the output of the command above
  FROM     the state to start at, with the input and variables that it had; State#2 for the second visit of that
           state. Without it, lists the states

Uses the cloud of make dev if it is running here, otherwise its state in .local/dev.
The definition is the current asl/pipeline.asl.json. The imported execution can be read like any other, but not redriven.
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
      help: { type: 'boolean', short: 'h' },
    },
  });
  const help = values.help ?? false;
  const history = givenPath(values.history || environment.HISTORY || '');
  if (history === '' && !help)
    throw new ReplayRefused(
      'HISTORY=file.json must name the output of aws stepfunctions get-execution-history',
    );
  return {
    history,
    from: startingState(values.from || environment.FROM),
    help,
  };
}

function startingState(given: string | undefined): StartingState | undefined {
  if (!given) return undefined;
  const [, state = given, visit] = /^(.*)#(\d+)$/.exec(given) ?? [];
  return { state, visit: visit === undefined ? undefined : Number(visit) };
}
