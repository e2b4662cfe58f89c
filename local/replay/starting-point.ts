import type { StateEntry } from 'step-functions-local';
import { ConfigurationError } from '../../domain/errors.ts';

/** Returns the state, and which visit of it; the last visit when undefined. */
function startingState(given: string): { state: string; visit: number | undefined } {
  const [, state = given, visit] = /^(.*)#(\d+)$/.exec(given) ?? [];
  return { state, visit: visit === undefined ? undefined : Number(visit) };
}

/** Returns the entry to start from: `GenerateScript`, or `GenerateScript#2` for its second visit. The error lists the states. */
export function chooseEntry(entries: readonly StateEntry[], given: string): StateEntry {
  const { state, visit } = startingState(given);
  const visits = entries.filter((entry) => entry.state === state);
  if (visits.length === 0) {
    const known = [...new Set(entries.map((entry) => entry.state))].join(', ');
    throw new ConfigurationError(
      `the execution did not enter a state ${state} that can start; it entered: ${known}`,
    );
  }
  const entry = visit === undefined ? visits.at(-1) : visits[visit - 1];
  if (!entry)
    throw new ConfigurationError(`the execution entered ${state} only ${visits.length} times, not ${visit}`);
  if (entry.input === undefined)
    throw new ConfigurationError(
      `AWS truncated the input of ${state} in the history (event ${entry.eventId}), so it cannot start`,
    );
  return entry;
}

/** Formats the possible values of FROM as a table. */
export function entryTable(entries: readonly StateEntry[]): string {
  const counts = Map.groupBy(entries, ({ state }) => state);
  const name = ({ state, visit }: StateEntry) =>
    (counts.get(state)?.length ?? 1) > 1 ? `${state}#${visit}` : state;
  const width = Math.max(...entries.map((entry) => name(entry).length));
  return entries.map((entry) => `  ${name(entry).padEnd(width)}  ${shown(entry.input)}`).join('\n');
}

function shown(input: string | undefined): string {
  if (input === undefined) return '(input truncated by AWS)';
  return input.length > 80 ? `${input.slice(0, 79)}…` : input;
}
