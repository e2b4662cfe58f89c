import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { forTerminal } from '../terminal/for-terminal.ts';
import { copyProject, type Dev, type ProjectCopy, startDev } from '../testing/project-copy.ts';

let project: ProjectCopy;
let dev: Dev | undefined;
beforeEach(() => {
  project = copyProject();
});
afterEach(async () => {
  await dev?.kill();
  project.remove();
});

const manifest = 'config/functions.ts';

test('reports the place of an error in the manifest and starts when it is fixed', async () => {
  const good = project.read(manifest);
  const lines = good.split('\n').length;
  project.save(manifest, `${good}export const broken = {{;\n`);
  dev = await startDev(project, {}, async (printed) => {
    await printed(new RegExp(`^dev: config/functions\\.ts:${lines}`));
    project.save(manifest, `${good}nowhere();\n`);
    expect(await printed(/nowhere is not defined/)).toMatch(`config/functions.ts:${lines}:1`);
    project.save(manifest, good);
  });
  expect(dev.lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
  expect(await dev.invoke('check-quota')).toMatchObject({ failed: false });
  expect(await dev.end()).toBe(0);
});

test('does the same for the command line, and an editor recognises when it is ready', async () => {
  const declared = 'config/commands/run.ts';
  const good = project.read(declared);
  project.save(declared, `${good}export const broken = {{;\n`);
  dev = await startDev(project, {}, async (printed) => {
    await printed(/^dev: config\/commands\/run\.ts:/);
    project.save(declared, good);
  });
  const tasks = JSON.parse(readFileSync(join(import.meta.dirname, '../../.vscode/tasks.json'), 'utf8'));
  const { pattern, background } = tasks.tasks[0].problemMatcher;
  await dev.printed(new RegExp(background.endsPattern));
  project.save('domain/job.ts', `${project.read('domain/job.ts')}\nconst = 1;\n`);
  const line = await dev.printed(new RegExp(pattern.regexp));
  const shown = stripVTControlCharacters(forTerminal(line, true));
  expect(new RegExp(pattern.regexp).exec(shown)?.[pattern.file]).toBe('domain/job.ts');
});
