/** JSONata expressions of a definition: `"{% … %}"`, parsed once when the definition is loaded. */

import jsonata from 'jsonata';
import { isChecking, spend } from '../work.ts';
import { membersOfStates, namesAtTopLevel } from './references.ts';

export interface JsonataExpression {
  readonly kind: 'jsonata';
  readonly text: string;
  /** Its place in the state, as AWS's messages name it: `Output/result`. */
  readonly field: string;
  /** Variables that the expression can read, except `states`. */
  readonly variables: readonly string[];
  /** Whether the expression can read `$states.context`, which is only made in that case. */
  readonly readsContext: boolean;
  /** Whether the expression always gives the same value for the same data. */
  readonly repeatable: boolean;
}

/** A name ends where JSONata's own scanner ends it. */
const variablePattern = /\$([^\s.[\]{}(),@#;:?+\-*/%|=<>^&!~"'`$]+)/g;

/** The same in JSON text, where a backslash can come next. No variable of a state has one in its name. */
const variableInJson = /\$([^\s.[\]{}(),@#;:?+\-*/%|=<>^&!~"'`$\\]+)/g;

/** A character takes about this many units to parse. */
const unitsToParse = 20;

const unrepeatable = new Set(['random', 'uuid', 'now', 'millis', 'shuffle']);

/** Members of `$states` that are always available; any other use of it can reach the context. */
const withoutContext = /\$states\s*\.\s*(input|result|errorOutput)\b/g;

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
    throw invalid('A JSONata expression must begin with {% and end with %}');
  const text = source.slice(2, -2).trim();
  if (isChecking()) check(text, outcome);
  return { kind: 'jsonata', text, field, ...read(text, variablePattern) };
}

/** What expressions can read. */
export type Reading = Pick<JsonataExpression, 'variables' | 'repeatable' | 'readsContext'>;

/** Returns what the expressions in a JSON text can read. */
export const readInJson = (text: string): Reading => read(text, variableInJson);

function read(text: string, pattern: RegExp): Reading {
  // Too many do no harm: names in texts, functions and names that the expression binds.
  const variables = new Set(Array.from(text.matchAll(pattern), ([, name]) => name ?? ''));
  const readsStates = variables.delete('states');
  return {
    variables: [...variables],
    repeatable: ![...variables].some((name) => unrepeatable.has(name)),
    readsContext: readsStates && text.replace(withoutContext, '').includes('$states'),
  };
}

/** Throws JsonataSyntaxError. */
function check(text: string, outcome: Outcome | undefined): void {
  spend(unitsToParse * text.length);
  const tree = syntaxTree(text);
  const unsupported = [
    ...Array.from(namesAtTopLevel(tree), (name) =>
      name === '$$'
        ? "Reference to '$$' is not supported."
        : `Reference to '${name}' at the top level is not supported.`,
    ),
    ...[...membersOfStates(tree)]
      .filter((member) => member !== 'input' && member !== 'context' && member !== outcome)
      .map((member) => `Field '$states.${member}' does not exist.`),
  ];
  if (unsupported.length > 0)
    throw new JsonataSyntaxError(
      unsupported.map((problem) => ({ code: 'UNSUPPORTED_JSONATA_EXPRESSION', text: problem })),
    );
}

const invalid = (text: string) => new JsonataSyntaxError([{ code: 'INVALID_JSONATA_EXPRESSION', text }]);

function syntaxTree(text: string): unknown {
  try {
    return jsonata(text).ast();
  } catch (error) {
    // JSONata throws plain objects with a message, and a RangeError for nesting deeper than the stack.
    throw invalid((error as { message?: string }).message ?? String(error));
  }
}
