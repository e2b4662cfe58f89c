/** Messages between the service, the thread that has the processes, and the processes. */

import type { Evaluated } from '../elsewhere.ts';
import { keepText } from '../json.ts';

/** A request for one of the processes, which are numbered; without a request the process ends. */
export interface EvaluatorMessage {
  readonly process: number;
  readonly request: string | undefined;
}

/**
 * Characters of the JSON of all results of a request, which the service reads within some milliseconds. Twice AWS's limit of the
 * field that holds them.
 */
export const longestResults = 524_288;
export const tooLong = `the result is longer than ${longestResults} characters`;

export interface EvaluatorResponse {
  readonly process: number;
  readonly response: string;
}

const [beforeValue, afterValue] = ['{"type":"value","value":', '}'];

/** Returns the JSON of a result; `text` is that of its value. */
export const writtenValue = (text: string): string => `${beforeValue}${text}${afterValue}`;

/**
 * Returns the results of a response. A single value keeps its text: the state passes it on, and writing it again takes ten times as
 * long as cutting it out.
 */
export function readResults(response: string): Evaluated[] {
  const results = JSON.parse(response) as Evaluated[];
  const [result] = results;
  const begin = `[${beforeValue}`;
  if (results.length === 1 && result?.type === 'value' && response.startsWith(begin))
    keepText(result.value, response.slice(begin.length, -`${afterValue}]`.length));
  return results;
}
