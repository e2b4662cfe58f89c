/**
 * Finds what a JSONata expression reads. AWS evaluates it without a context item, so a definition is refused when an expression
 * reads one: by a bare name, by `$` or by `$$`.
 */

/** A node of jsonata's syntax tree; only some of these fields exist in each type. */
interface Node {
  readonly type?: string;
  /** The end of the node's symbol in the text. */
  readonly position?: number;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly [field: string]: unknown;
}

/** Returns the members of `$states` that are read by name, each once, in the order of the text. */
export function membersOfStates(tree: unknown): Set<string> {
  const found = new Set<string>();
  visit(tree, (node) => {
    const [first, second] = node.steps ?? [];
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name')
      found.add(String(second.value));
    return Object.values(node);
  });
  return found;
}

/** Operators of JSONata 2.1, each with the symbol at which version 2.0.6, which AWS has, ends. */
const laterOperators: ReadonlyMap<string, string> = new Map([
  ['?:', ':'],
  ['??', '?'],
]);

/** Returns the symbol at which JSONata 2.0.6 refuses the text of a tree; undefined when it does not. */
export function refusedSymbol(tree: unknown, text: string): string | undefined {
  let refused: string | undefined;
  visit(tree, (node) => {
    const { type, position = 0 } = node;
    if (type === 'condition') refused ??= laterOperators.get(text.slice(position - 2, position));
    return Object.values(node);
  });
  return refused;
}

/** Visits the nodes below those that `below` returns, in order. A recursion would exhaust the stack: `1+1+…` is a deep tree. */
function visit(tree: unknown, below: (node: Node) => readonly unknown[]): void {
  const next = [tree];
  while (next.length > 0) {
    const node = next.pop();
    const inner = Array.isArray(node) ? node : isNode(node) ? below(node) : [];
    for (let index = inner.length - 1; index >= 0; index -= 1) next.push(inner[index]);
  }
}

/** The fields of a node that are evaluated with the node's context. Only the first step of a path is. */
const inContext: Readonly<Record<string, (node: Node) => readonly unknown[]>> = {
  path: ({ steps = [] }) => steps.slice(0, 1),
  unary: ({ expression, expressions, lhs }) => [expression, expressions, lhs],
  binary: ({ lhs, rhs }) => [lhs, rhs],
  apply: ({ lhs, rhs }) => [lhs, rhs],
  bind: ({ rhs }) => [rhs],
  function: ({ procedure, arguments: given }) => [procedure, given],
  partial: ({ procedure, arguments: given }) => [procedure, given],
  condition: ({ condition, then, else: otherwise }) => [condition, then, otherwise],
  block: ({ expressions }) => [expressions],
  lambda: ({ body }) => [body],
};

/** Returns whether `$$` is read, which is the missing context item wherever it stands. */
export function readsRoot(tree: unknown): boolean {
  let found = false;
  visit(tree, (node) => {
    found ||= node.type === 'variable' && node.value === '$';
    return Object.values(node);
  });
  return found;
}

/** Returns the names that are read from the missing context item, each once, in the order of the text. */
export function namesAtTopLevel(tree: unknown): Set<string> {
  const found = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'name') found.add(String(node.value));
    else if (node.type === 'variable' && node.value === '') found.add('$');
    else return inContext[node.type ?? '']?.(node) ?? [];
    return [];
  });
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !(value instanceof RegExp);
}
