import { childrenOf, type Node, nameOf, sourcesOf } from './source.ts';

/** A named function of a module in `aws/`: the commands that it sends, and the names that it mentions. */
interface Unit {
  commands: Set<string>;
  mentions: Set<string>;
}

export interface AwsModule {
  units: ReadonlyMap<string, Unit>;
  /** Other modules of `aws/` whose values or types it uses. */
  imports: readonly string[];
}

const functionTypes = new Set(['ArrowFunctionExpression', 'FunctionExpression']);
const isFunction = (node: unknown) => functionTypes.has((node as Node | undefined)?.type ?? '');

/** Returns the name of the function that a node declares. */
function unitName(node: Node): string | undefined {
  switch (node.type) {
    case 'FunctionDeclaration':
      return nameOf(node.identifier);
    case 'MethodProperty':
      return nameOf(node.key);
    case 'VariableDeclarator':
      return isFunction(node.init) ? nameOf(node.id) : undefined;
    case 'KeyValueProperty':
      return isFunction(node.value) ? nameOf(node.key) : undefined;
    default:
      return undefined;
  }
}

/** `new GetObjectCommand(…)` is GetObject, `paginateListObjectsV2(…)` is ListObjectsV2, `new Upload(…)` is Upload. */
function commandOf(node: Node): string | undefined {
  const name = nameOf(node.callee) ?? '';
  if (node.type === 'NewExpression') return name === 'Upload' ? name : /^(\w+)Command$/.exec(name)?.[1];
  return node.type === 'CallExpression' ? /^paginate(\w+)$/.exec(name)?.[1] : undefined;
}

export function readAwsModule(program: Node): AwsModule {
  const units = new Map<string, Unit>();
  const visit = (node: Node, unit: Unit) => {
    const name = unitName(node);
    const inside =
      name === undefined ? unit : (units.get(name) ?? { commands: new Set(), mentions: new Set() });
    if (name !== undefined) units.set(name, inside);
    const command = commandOf(node);
    if (command) inside.commands.add(command);
    const mention = nameOf(node);
    if (mention !== undefined) inside.mentions.add(mention);
    for (const child of childrenOf(node)) visit(child, inside);
  };
  visit(program, { commands: new Set(), mentions: new Set() });
  const imports = sourcesOf(program).filter((from) => from.startsWith('./'));
  return { units, imports: imports.map((from) => `aws/${from.slice(2)}`) };
}

/** Returns the commands that a module's functions can send, through everything that they mention. */
export function reachable(
  modules: ReadonlyMap<string, AwsModule>,
  file: string,
  names: Iterable<string>,
): Set<string> {
  const commands = new Set<string>();
  const seen = new Set<string>();
  const queue = [...names].map((name) => [file, name] as const);
  for (const [where, name] of queue) {
    const module = modules.get(where);
    const unit = module?.units.get(name);
    if (!module || !unit || seen.has(`${where} ${name}`)) continue;
    seen.add(`${where} ${name}`);
    for (const command of unit.commands) commands.add(command);
    for (const mention of unit.mentions)
      for (const near of [where, ...module.imports]) queue.push([near, mention]);
  }
  return commands;
}
