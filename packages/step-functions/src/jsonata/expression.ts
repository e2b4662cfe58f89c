/** JSONata expressions of a definition: `"{% … %}"`, parsed once when the definition is loaded. */

import jsonata from 'jsonata';

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

const unrepeatable = new Set(['random', 'uuid', 'now', 'millis', 'shuffle']);

/** Members of `$states` that are always available; any other use of it can reach the context. */
const withoutContext = /\$states\s*\.\s*(input|result|errorOutput)\b/g;

/** Thrown for a text that is not an expression that Step Functions accepts. */
export class JsonataSyntaxError extends Error {
  override readonly name = 'JsonataSyntaxError';
}

/** Returns whether a string of a JSONata state is an expression rather than literal text. */
export function isJsonata(text: string): boolean {
  return text.startsWith('{%');
}

/** Throws JsonataSyntaxError. */
export function parseJsonata(source: string, field: string): JsonataExpression {
  if (!source.startsWith('{%') || !source.endsWith('%}') || source.length < 4)
    throw new JsonataSyntaxError('A JSONata expression must begin with {% and end with %}');
  const text = source.slice(2, -2).trim();
  const variables = new Set<string>();
  collectVariables(syntaxTree(text), variables);
  if (variables.has('eval')) throw new JsonataSyntaxError('The function $eval is not supported');
  const readsStates = variables.delete('states');
  return {
    kind: 'jsonata',
    text,
    field,
    variables: [...variables],
    repeatable: ![...variables].some((name) => unrepeatable.has(name)),
    readsContext: readsStates && text.replace(withoutContext, '').includes('$states'),
  };
}

function syntaxTree(text: string): unknown {
  try {
    return jsonata(text).ast();
  } catch (error) {
    // JSONata throws plain objects with a message, and a RangeError for nesting deeper than the stack.
    const { message } = error as { message?: string };
    throw new JsonataSyntaxError(
      `The JSONata expression '${text}' is not valid: ${message ?? String(error)}`,
    );
  }
}

/** Collects the names of all variables in a syntax tree, including those that the expression binds. */
function collectVariables(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) collectVariables(item, found);
  } else if (typeof node === 'object' && node !== null && !(node instanceof RegExp)) {
    if ('type' in node && node.type === 'variable' && 'value' in node && typeof node.value === 'string')
      found.add(node.value);
    for (const inner of Object.values(node)) collectVariables(inner, found);
  }
}
