import { stripTypeScriptTypes } from 'node:module';
import { locator } from 'step-functions-local/definition';
import type { FunctionError } from '../lambda/messages.ts';
import type { Problem } from './reports.ts';

/** Returns the syntax error of a file, without running it. */
export function syntaxProblem(file: string, text: string): Problem | undefined {
  try {
    if (file.endsWith('.json')) JSON.parse(text);
    else stripTypeScriptTypes(text);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    return { file, message, ...(file.endsWith('.json') ? inJson(message, text) : inFrame(error as Error)) };
  }
}

/**
 * Parses the start of such an error's stack: `:12`, then that line between its neighbours, with a mark below the place.
 */
function inFrame({ stack = '' }: Error): { line?: number; column?: number } {
  const [head = '', ...shown] = stack.split('\n');
  const line = /^\S*:(\d+)$/.exec(head)?.[1];
  const mark = shown.find((text) => /^ *\^+$/.test(text));
  return line === undefined ? {} : { line: Number(line), ...(mark && { column: mark.indexOf('^') + 1 }) };
}

function inJson(message: string, text: string): { line?: number; column?: number } {
  const offset = /at position (\d+)/.exec(message)?.[1];
  return offset === undefined ? {} : locator(text)(Number(offset));
}

/** Returns the place where linking or running failed, from the stack: the first frame in a file of the project. */
export function placeOf(error: FunctionError): { file?: string; line?: number; column?: number } {
  const lines = error.trace ?? [];
  for (const [index, text] of lines.entries()) {
    const [, file, line, column] =
      /(?:file:\/\/|^|\(|at )(\/[^\s:?)]+)(?:\?v=\d+)?:(\d+)(?::(\d+))?/.exec(text) ?? [];
    if (file === undefined || file.includes('/node_modules/')) continue;
    // After a syntax error of Node come the text of the line and a mark below it.
    const mark = index === 0 ? (lines[2]?.indexOf('^') ?? -1) + 1 : 0;
    const at = column === undefined ? mark : Number(column);
    return { file: decodeURIComponent(file), line: Number(line), ...(at > 0 && { column: at }) };
  }
  const importer = / imported from (\/\S+)/.exec(error.errorMessage)?.[1];
  return importer === undefined ? {} : { file: importer };
}
