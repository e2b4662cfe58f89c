import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** A command that a page asks its reader to paste. */
export interface Command {
  page: string;
  line: string;
}

const program = /^(?:aws|git|make|npx|pass|terraform) |^\.ci\/run$/;

/** Reasons why a command is not run by the tests; each entry applies to at least one command. */
const reasons: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^git clone/, 'each reader clones from another address'],
  [/^(?:make (?:check|test)|\.ci\/run)/, 'CI runs it as a separate step, and this is one of its tests'],
  [
    /^make (?:ami|deploy|destroy|live|plan)\b|STAGE=(?:dev|prod)|^aws s3api/,
    'it needs an AWS account; scripts/deploy-page.long.ts runs those of docs/deploy.md against a stand-in',
  ],
  [/^aws (?:scheduler|dynamodb (?:list-backups|restore-table|wait))/, 'only AWS recovers a table'],
  [/^terraform /, 'it needs the plan of an AWS account'],
  [/make secrets SET=/, 'it asks for a secret on a terminal'],
  [/VOICE=edge/, 'it needs the internet'],
  [/^make bench /, 'it measures for minutes, on a machine that does nothing else'],
  [/^make lab /, 'it searches for minutes to hours'],
];
/** Commands that take minutes, which the long tests run. */
const slow = /^make (?:demo|review VIDEO=)/;

export const reasonFor = ({ line }: Command): string | undefined =>
  reasons.find(([pattern]) => pattern.test(line))?.[1];
export const isSlow = ({ line }: Command): boolean => slow.test(line);
export const unusedReasons = (commands: readonly Command[]): RegExp[] =>
  [...reasons.map(([pattern]) => pattern), slow].filter(
    (pattern) => !commands.some(({ line }) => pattern.test(line)),
  );

/**
 * Returns the commands of the README and the docs: lines of blocks without a language, and first cells of tables; each
 * once, with its first page.
 */
export async function commandsOfPages(): Promise<Command[]> {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...(await Array.fromAsync(glob('{docs,packages/*}/*.md', { cwd: root }))).sort(),
  ];
  const found = pages.map(async (page) =>
    commandsIn(await readFile(join(root, page), 'utf8')).map((line) => ({ page, line })),
  );
  const lines = new Map<string, Command>();
  for (const command of (await Promise.all(found)).flat())
    lines.set(command.line, lines.get(command.line) ?? command);
  return [...lines.values()];
}

const blocksOf = (text: string): string[] =>
  [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].flatMap(([, language, block = '']) =>
    language ? [] : block.split(/(?<![\\|])\n/).filter(Boolean),
  );

/** Returns every command that a page names, also in a sentence, each once and in one line. */
export function everyCommandIn(text: string): string[] {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const lines = [...blocksOf(text), ...spans.filter((code) => program.test(code))];
  return [...new Set(lines.map((line) => line.replaceAll(/ *\\\n */g, ' ')))];
}

function commandsIn(text: string): string[] {
  const blocks = blocksOf(text);
  const cells = text
    .split('\n')
    .flatMap((line) => /^\| ((?:[^|\\]|\\.)*) \|/.exec(line)?.[1] ?? [])
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replaceAll('\\|', '|')))
    .filter((code) => program.test(code));
  return [...new Set([...blocks, ...cells])];
}
