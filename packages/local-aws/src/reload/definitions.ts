import { readFile } from 'node:fs/promises';
import {
  acceptDefinition,
  type Problem as DefinitionProblem,
  InvalidDefinition,
} from 'step-functions-local/definition';
import type { Problem } from './reports.ts';

/** Returns the problems of a state machine with their places in its file; empty when it can be deployed. */
export async function definitionProblems(
  file: string,
  placeholders: Readonly<Record<string, string>>,
): Promise<Problem[]> {
  try {
    acceptDefinition(await readFile(file, 'utf8'), placeholders);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) return [{ file, message: (error as Error).message }];
    return withoutConsequences(error.problems).map(({ text, place, line, column }) => ({
      file,
      message: place ? `${text} (${place})` : text,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    }));
  }
}

/** Leaves out unreachable states while a transition to a missing state explains them. */
function withoutConsequences(problems: readonly DefinitionProblem[]): readonly DefinitionProblem[] {
  const isCutOff = ({ code, text }: DefinitionProblem) =>
    code === 'MISSING_TRANSITION_TARGET' && text.endsWith('is not reachable.');
  const causes = problems.filter((problem) => !isCutOff(problem));
  return causes.length > 0 ? causes : problems;
}
