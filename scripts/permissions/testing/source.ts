import { parse } from '@swc/core';

/** The part of a syntax tree node that is used here. */
export interface Node {
  type: string;
  [field: string]: unknown;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

export function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node))
    for (const one of Array.isArray(value) ? value : [value]) {
      if (isNode(one)) yield one;
      // Arguments and elements are wrapped in an object without a type.
      else if (isNode(one?.expression)) yield one.expression;
    }
}

export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* walk(child);
}

/** Returns the name of an identifier or a key; undefined for a computed one. */
export const nameOf = (node: unknown): string | undefined =>
  isNode(node) && ['Identifier', 'StringLiteral', 'PrivateName'].includes(node.type)
    ? String(node.value)
    : undefined;

export const parseSource = async (text: string): Promise<Node> =>
  (await parse(text, { syntax: 'typescript', target: 'es2024' })) as unknown as Node;

/**
 * Returns the names of imported values, with the file or package that each is from; also those of `const { name } = await import('…')` in
 * any function.
 */
export function importsOf(program: Node): Map<string, string> {
  const imports = new Map<string, string>();
  for (const statement of program.body as Node[]) {
    if (statement.type !== 'ImportDeclaration' || statement.typeOnly) continue;
    for (const { local, isTypeOnly } of statement.specifiers as { local: Node; isTypeOnly?: boolean }[])
      if (!isTypeOnly) imports.set(nameOf(local) ?? '', String((statement.source as Node).value));
  }
  for (const { type, id, init } of walk(program)) {
    const from = type === 'VariableDeclarator' ? importedLater(init) : undefined;
    if (from === undefined || !isNode(id) || id.type !== 'ObjectPattern') continue;
    for (const { key } of id.properties as Node[]) imports.set(nameOf(key) ?? '', from);
  }
  return imports;
}

/** Returns the file of `await import(file)`. */
function importedLater(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== 'AwaitExpression') return undefined;
  const call = node.argument;
  if (!isNode(call) || !isNode(call.callee) || call.callee.type !== 'Import') return undefined;
  const [file] = call.arguments as { expression: Node }[];
  return nameOf(file?.expression);
}

/** Returns the files and packages that a module imports, types included. */
export const sourcesOf = (program: Node): string[] =>
  (program.body as Node[]).flatMap(({ type, source }) =>
    type === 'ImportDeclaration' ? [String((source as Node).value)] : [],
  );
