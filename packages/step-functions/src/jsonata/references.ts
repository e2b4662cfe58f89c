/**
 * What a JSONata expression reads. AWS evaluates it without a context item, so a definition is refused when an expression
 * reads one: by a bare name, by `$` or by `$$`.
 */

/** A node of jsonata's syntax tree; only some of these fields exist in each type. */
interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly [field: string]: unknown;
}

/** Returns the members of `$states` that are read by name, each once, in the order of the text. */
export function membersOfStates(tree: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (isNode(node)) {
      const [first, second] = node.steps ?? [];
      if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name')
        found.add(String(second.value));
      Object.values(node).forEach(visit);
    }
  };
  visit(tree);
  return found;
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

/** Returns the names that are read from the missing context item, each once, in the order of the text. */
export function namesAtTopLevel(tree: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (isNode(node)) {
      if (node.type === 'name') found.add(String(node.value));
      else if (node.type === 'variable' && (node.value === '' || node.value === '$'))
        found.add(`$${node.value}`);
      else inContext[node.type ?? '']?.(node).forEach(visit);
    }
  };
  visit(tree);
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !(value instanceof RegExp);
}
