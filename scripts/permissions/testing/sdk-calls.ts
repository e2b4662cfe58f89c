import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sourceOf, type VariableName } from '../../../config/variables.ts';
import { type AwsModule, reachable, readAwsModule } from './aws-module.ts';
import { childrenOf, importsOf, isNode, type Node, nameOf, parseSource, walk } from './source.ts';

/** A command of the AWS SDK, and the resource of the deployment that it is bound to, if any. */
export interface SdkCall {
  command: string;
  resource: string | undefined;
}

/** A value from `aws/` in a module: an import, or what a factory made for one resource. */
interface Held {
  file: string;
  resource: string | undefined;
  made: boolean;
}

/** Returns every command that the sources of a bundle can send, read from their use of `aws/`. */
export async function sdkCalls(root: string, inputs: readonly string[]): Promise<SdkCall[]> {
  const read = async (file: string) => parseSource(await readFile(join(root, file), 'utf8'));
  const own = inputs.filter((file) => file.endsWith('.ts') && !file.includes('node_modules/'));
  const modules = new Map<string, AwsModule>();
  for (const file of own) if (file.startsWith('aws/')) modules.set(file, readAwsModule(await read(file)));
  const calls = new Map<string, SdkCall>();
  const programs = new Map<string, Node>();
  for (const file of own) if (!file.startsWith('aws/')) programs.set(file, await read(file));
  const made = new Map([...programs].map(([file, program]) => [file, heldIn(file, program, modules)]));
  for (const [file, program] of programs) {
    // What a module makes is used in those that import it, too.
    const held = new Map(made.get(file));
    for (const [name, from] of importsOf(program)) {
      const given = made.get(join(dirname(file), from))?.get(name);
      if (given?.made) held.set(name, given);
    }
    for (const { file: aws, names, resource } of usesIn(program, held, modules))
      for (const command of reachable(modules, aws, names))
        calls.set(`${command} ${resource}`, { command, resource });
  }
  return [...calls.values()];
}

interface Use {
  file: string;
  names: readonly string[];
  resource: string | undefined;
}

/** Returns the value of `factory(env.X)`, or of `factory(store)` for a known value. */
function madeBy(node: unknown, held: ReadonlyMap<string, Held>): Held | undefined {
  if (!isNode(node) || node.type !== 'CallExpression') return undefined;
  const factory = held.get(nameOf(node.callee) ?? '');
  const [first] = node.arguments as { expression: Node }[];
  return factory && { ...factory, resource: resourceOf(first?.expression, held), made: true };
}

/** Returns what a module imports from `aws/`, and what it makes of that. */
function heldIn(file: string, program: Node, modules: ReadonlyMap<string, AwsModule>): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const [name, from] of importsOf(program)) {
    const target = join(dirname(file), from);
    if (modules.has(target)) held.set(name, { file: target, resource: undefined, made: false });
  }
  for (const node of walk(program)) {
    const made = node.type === 'VariableDeclarator' && madeBy(node.init, held);
    if (made) held.set(nameOf(node.id) ?? '', made);
  }
  return held;
}

function usesIn(
  program: Node,
  held: ReadonlyMap<string, Held>,
  modules: ReadonlyMap<string, AwsModule>,
): Use[] {
  const everything = ({ file: aws }: Held) => [...(modules.get(aws)?.units.keys() ?? [])];
  const uses: Use[] = [];
  const visit = (node: Node, parent: Node) => {
    if (node.type === 'ImportDeclaration') return;
    const made = madeBy(node, held);
    // A result that isn't stored is either used immediately, or passed on as a whole.
    if (made && parent.type !== 'VariableDeclarator') {
      const names = parent.type === 'MemberExpression' ? [nameOf(parent.property) ?? ''] : everything(made);
      uses.push({ ...made, names });
    }
    const name = nameOf(node);
    const found = name === undefined ? undefined : held.get(name);
    if (found && name !== undefined && !isDeclaration(node, parent)) {
      if (parent.type === 'MemberExpression' && parent.object === node)
        uses.push({ ...found, names: [nameOf(parent.property) ?? ''] });
      else if (parent.type === 'CallExpression' && madeBy(parent, held)) {
        // Arguments of a factory in `aws/` are followed there.
      } else if (!found.made && modules.get(found.file)?.units.has(name))
        uses.push({ ...found, names: [name] });
      else uses.push({ ...found, names: everything(found) });
    }
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(program, program);
  return uses;
}

/** A name in a declaration, or a property that has the same name. */
const isDeclaration = (node: Node, parent: Node) =>
  (parent.type === 'VariableDeclarator' && parent.id === node) ||
  (parent.type === 'MemberExpression' && parent.property === node) ||
  (['KeyValueProperty', 'AssignmentPatternProperty'].includes(parent.type) && parent.key === node);

/** `env.S3_BUCKET` is the artifacts bucket, as the variable's declaration says. */
function resourceOf(argument: Node | undefined, held: ReadonlyMap<string, Held>): string | undefined {
  if (!argument) return undefined;
  if (argument.type !== 'MemberExpression') return held.get(nameOf(argument) ?? '')?.resource;
  const source = sourceOf(nameOf(argument.property) as VariableName);
  return 'resource' in source ? source.resource : undefined;
}
