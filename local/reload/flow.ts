import { readFile } from 'node:fs/promises';
import type { Problem } from '../journal.ts';
import { acceptDefinition } from '../states/definition/accept.ts';
import { InvalidDefinition } from '../states/definition/problems.ts';

/** What is wrong with the state machine, each with its place in the file; nothing when it can be deployed. */
export async function flowProblems(
  file: string,
  placeholders: Readonly<Record<string, string>>,
): Promise<Problem[]> {
  try {
    acceptDefinition(await readFile(file, 'utf8'), placeholders);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) return [{ file, message: (error as Error).message }];
    return error.problems.map(({ text, place, line, column }) => ({
      file,
      message: place ? `${text} (${place})` : text,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    }));
  }
}
