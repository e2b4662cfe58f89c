/** JSONata expressions of a definition: `"{% … %}"`, parsed once when the definition is loaded. */

import jsonata from 'jsonata';
import { isChecking, Overload, spend } from '../work.ts';
import { type Names, namesOnly } from './direct.ts';
import { membersOfStates, namesAtTopLevel, readsRoot, refusedSymbol } from './references.ts';

export interface JsonataExpression {
  readonly kind: 'jsonata';
  readonly text: string;
  /** Its place in the state, as AWS's messages name it: `Output/result`. */
  readonly field: string;
  /** Variables that the expression can read, except `states`. */
  readonly variables: readonly string[];
  /** Parts of `$states` that the expression can read: `input`, `context.Map` and so on; undefined for all. */
  readonly parts: readonly string[] | undefined;
  /** True if the expression always gives the same value for the same data. */
  readonly repeatable: boolean;
  /** The names that the expression follows, if it does nothing else. */
  readonly names: Names | undefined;
}

/** A name ends where JSONata's own scanner ends it. */
const variablePattern = /\$([^\s.[\]{}(),@#;:?+\-*/%|=<>^&!~"'`$]+)/g;

/** The same in JSON text, where a backslash can come next. No variable of a state has one in its name. */
const variableInJson = /\$([^\s.[\]{}(),@#;:?+\-*/%|=<>^&!~"'`$\\]+)/g;

/** A character takes about this many units to parse. */
const unitsToParse = 20;

/** An expression takes about this many units beside those of its characters: 30 µs, and 80 µs where it is not valid. */
const unitsOfExpression = 100;

const unrepeatable = new Set(['random', 'uuid', 'now', 'millis', 'shuffle']);

/** The uses of `$states` that read one part of it; any other use can read all. A function can be a step, and gets the context. */
const partPattern =
  /\$states\s*\.\s*(?:(input|result|errorOutput)\b|(context)\s*\.\s*(?!function\b)([A-Za-z]\w*))/g;

/** The parent operator, and the join operator, after which a path continues from what contains the part. */
const leavesPart = /[%@]/;

/** A problem of an expression, with AWS's code for it. */
export interface ExpressionProblem {
  readonly code: string;
  readonly text: string;
}

/** Thrown for a text that is not an expression that Step Functions accepts. */
export class JsonataSyntaxError extends Error {
  override readonly name = 'JsonataSyntaxError';
  readonly problems: readonly ExpressionProblem[];

  constructor(problems: readonly ExpressionProblem[]) {
    super(problems.map(({ text }) => text).join(', '));
    this.problems = problems;
  }
}

/** Returns whether a string of a JSONata state is an expression, complete or not, rather than literal text. */
export function isJsonata(text: string): boolean {
  return text.startsWith('{%') || text.endsWith('%}');
}

/** The member of `$states` that only some fields have, beside `input` and `context`. */
export type Outcome = 'result' | 'errorOutput';

/** Reads an expression, and checks it where the definition is checked. Throws JsonataSyntaxError. */
export function parseJsonata(source: string, field: string, outcome?: Outcome): JsonataExpression {
  if (!source.startsWith('{%') || !source.endsWith('%}') || source.length < 4)
    throw new JsonataSyntaxError([
      { code: 'SCHEMA_VALIDATION_FAILED', text: 'JSONata string must start with {% and end with %}' },
    ]);
  const text = source.slice(2, -2).trim();
  if (isChecking()) check(text, outcome);
  return { kind: 'jsonata', text, field, ...read(text, variablePattern), names: namesOnly(text) };
}

/** The data that expressions can read. */
export type Reading = Pick<JsonataExpression, 'variables' | 'repeatable' | 'parts'>;

/** The ends of expressions in a JSON text. */
const delimiters = /"\{%|%\}"/g;

/** Returns what the expressions in a JSON text can read. */
export const readInJson = (text: string): Reading => read(text.replace(delimiters, '"'), variableInJson);

function read(text: string, pattern: RegExp): Reading {
  // Too many do no harm: names in texts, functions and names that the expression binds.
  const variables = new Set(Array.from(text.matchAll(pattern), ([, name]) => name ?? ''));
  variables.delete('states');
  return {
    variables: [...variables],
    repeatable: ![...variables].some((name) => unrepeatable.has(name)),
    parts: partsOf(text),
  };
}

function partsOf(text: string): readonly string[] | undefined {
  if (leavesPart.test(text) || text.replace(partPattern, '').includes('$states')) return undefined;
  return Array.from(
    text.matchAll(partPattern),
    ([, member, context, part]) => member ?? `${context}.${part}`,
  );
}

/** Throws JsonataSyntaxError. */
function check(text: string, outcome: Outcome | undefined): void {
  const unsupported = unsupportedIn(text, outcome);
  if (unsupported.length > 0)
    throw new JsonataSyntaxError(
      unsupported.map((problem) => ({ code: 'UNSUPPORTED_JSONATA_EXPRESSION', text: problem })),
    );
}

/** Returns AWS's words for what Step Functions does not support. Throws JsonataSyntaxError for what is not JSONata. */
function unsupportedIn(text: string, outcome: Outcome | undefined): string[] {
  try {
    spend(unitsOfExpression + unitsToParse * text.length);
    const tree = jsonata(text).ast();
    const refused = refusedSymbol(tree, text);
    if (refused !== undefined) throw invalid(`The symbol "${refused}" cannot be used as a unary operator`);
    return unsupportedInTree(tree, outcome);
  } catch (error) {
    if (error instanceof Overload) throw error;
    if (error instanceof RangeError) throw invalid('The expression has too many levels');
    // JSONata throws plain objects with a message.
    throw invalid((error as { message?: string }).message ?? String(error));
  }
}

function unsupportedInTree(tree: unknown, outcome: Outcome | undefined): string[] {
  return [
    ...Array.from(
      namesAtTopLevel(tree),
      (name) => `Reference to '${name}' at the top level is not supported.`,
    ),
    ...(readsRoot(tree) ? ["Reference to '$$' is not supported."] : []),
    ...[...membersOfStates(tree)]
      .filter((member) => member !== 'input' && member !== 'context' && member !== outcome)
      .map((member) => `Field '$states.${member}' does not exist.`),
  ];
}

const invalid = (text: string) => new JsonataSyntaxError([{ code: 'INVALID_JSONATA_EXPRESSION', text }]);
