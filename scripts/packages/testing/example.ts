import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';

export interface Example {
  program: string;
  /** Files that the program uses, by name. */
  files: ReadonlyMap<string, string>;
  /** Names of the packages that they import. */
  imported: readonly string[];
  /** The expected output. */
  prints: string;
}

/**
 * Reads the example of a README: a block of JavaScript followed by its output, and the blocks before it whose first
 * line is a file's name in a comment.
 */
export async function exampleOf(readme: string): Promise<Example> {
  const text = await readFile(readme, 'utf8');
  const [before = '', program, prints] =
    /^([\s\S]*?)```js\n(?!\/\/ \S+\.js\n)([\s\S]*?)```\s+```text\n([\s\S]*?)```/.exec(text)?.slice(1) ?? [];
  if (!program || !prints) throw new Error(`${readme} has no example with its output`);
  const files = new Map(
    [...before.matchAll(/```js\n\/\/ (\S+\.js)\n([\s\S]*?)```/g)].map(([, name = '', code = '']) => [
      name,
      code,
    ]),
  );
  const imported = [program, ...files.values()].flatMap((code) =>
    [...code.matchAll(/from '((?:@[\w-]+\/)?[\w-]+)[^']*'/g)].map(([, name = '']) => name),
  );
  return {
    program,
    files,
    imported: [...new Set(imported)].filter((name) => name !== 'node' && !builtinModules.includes(name)),
    prints,
  };
}
