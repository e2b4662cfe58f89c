/**
 * Parses JSONPath in the Jayway dialect that Step Functions uses, once per definition. A path starts at the state's
 * data (`$`), the context object (`$$`) or a variable (`$name`).
 */

import { mostLevels } from '../json.ts';
import { parseBracket } from './brackets.ts';
import { isDefinite, type Path, PathSyntaxError, type Step } from './path.ts';
import { Scanner } from './scanner.ts';

const variablePattern = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
/** AWS accepts a function in a path, and then finds no such name in the data. */
const callPattern = /[a-z]+\(\)/y;
const namePattern = /[^\s.[\]()'",*?!=<>&|]+/uy;

/** Each level of a value has two steps at most: `..name`. */
const mostSteps = 2 * mostLevels;

/** Parses a whole text as one path. Throws PathSyntaxError. */
export function parsePath(text: string): Path {
  const scanner = new Scanner(text);
  scanner.skipSpace();
  const path = scanPath(scanner);
  scanner.skipSpace();
  if (!scanner.atEnd()) throw new PathSyntaxError(`unexpected '${scanner.rest()}' in the path ${text}`);
  if (path.root === 'item') throw new PathSyntaxError(`a path starts with $: ${text}`);
  return path;
}

/** Parses a path at the scanner's position, as far as it reaches. Filters and intrinsic calls contain paths. */
export function scanPath(scanner: Scanner): Path {
  const start = scanner.position;
  const { root, variable } = scanRoot(scanner);
  const steps: Step[] = [];
  for (;;) {
    if (scanner.take('..')) {
      steps.push({ type: 'descendants' });
      if (!scanner.sees('[')) steps.push(scanName(scanner));
    } else if (scanner.take('.')) {
      // AWS's guide also writes a dot before a bracket: $.abc.['def ghi'].
      if (!scanner.sees('[')) steps.push(scanName(scanner));
    } else if (scanner.take('[')) steps.push(parseBracket(scanner, scanPath));
    else break;
    if (steps.length > mostSteps)
      throw new PathSyntaxError(`the path has more than ${mostSteps} steps, more than a value has levels`);
  }
  const definite = steps.every(isDefinite);
  return { kind: 'path', text: scanner.text.slice(start, scanner.position), root, variable, steps, definite };
}

function scanRoot(scanner: Scanner): Pick<Path, 'root' | 'variable'> {
  if (scanner.take('@')) return { root: 'item', variable: '' };
  if (!scanner.take('$')) throw new PathSyntaxError(`a path starts with $: ${scanner.text}`);
  if (scanner.take('$')) return { root: 'context', variable: '' };
  const variable = scanner.match(variablePattern);
  return variable === undefined ? { root: 'input', variable: '' } : { root: 'variable', variable };
}

function scanName(scanner: Scanner): Step {
  if (scanner.take('*')) return { type: 'wildcard' };
  const name = scanner.match(callPattern) ?? scanner.match(namePattern);
  if (name === undefined) throw new PathSyntaxError(`a name is missing in the path ${scanner.text}`);
  return { type: 'names', names: [name] };
}
