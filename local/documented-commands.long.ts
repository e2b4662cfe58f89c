import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { type Command, commandsOfPages, isSlow, reasonFor, root } from './testing/documented-commands.ts';
import { pasteCommands } from './testing/paste-commands.ts';
import { copyProject } from './testing/project-copy.ts';
import { isInstalled, openShell, type Shell, shells } from './testing/shell.ts';

/**
 * Pastes the commands of the README and the docs that make videos, each shell in a checkout without earlier videos, and all
 * others into both shells. A video whose command every shell passes on as it is written is made once.
 */
const all = await commandsOfPages();
const slow = all.filter((command) => isSlow(command) && !reasonFor(command));
const isPlain = ({ line }: Command): boolean => /^[\w./-]+(?: [\w./-][\w./=-]*)*$/.test(line);
const minutes = 10 * 60_000;

describe.each(shells.filter(isInstalled))('in %s', (name) => {
  const commands = slow.filter((command) => name === 'bash' || !isPlain(command));
  const project = copyProject({ whole: true });
  let shell: Shell;
  beforeAll(() => {
    const page = readFileSync(join(root, 'samples/ke-trom-o/006.png'));
    mkdirSync(join(project.folder, 'comics'));
    // The page is read from the right, and nothing else says so.
    const info = Buffer.from('<ComicInfo><Manga>YesAndRightToLeft</Manga></ComicInfo>');
    writeFileSync(
      join(project.folder, 'comics/chapter-01.cbz'),
      zipSync({ '001.png': page, 'ComicInfo.xml': info }),
    );
    shell = openShell(name, project.folder, { HOME: project.folder });
  });
  afterAll(async () => {
    await shell?.close();
    project.remove();
  });

  test.each(commands.map(({ page, line }) => [page, line]))(
    '%s: %s',
    async (_, line) => {
      const job = line.includes('job-…') ? readdirSync(join(project.folder, 'out'))[0] : undefined;
      const { status, printed } = await shell.paste(line.replace('job-…', String(job)));
      if (status !== 0) throw new Error(`it ended with status ${status}:\n${printed}`);
    },
    minutes,
  );
});

pasteCommands('bash', all);
pasteCommands('zsh', all);
