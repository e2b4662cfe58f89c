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
}, 120_000);
