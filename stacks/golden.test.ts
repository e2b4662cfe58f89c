import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeBundles, synthesizeInto } from './testing/synthesized.ts';

const root = join(import.meta.dirname, '..');
const scratch = () => mkdtempSync(join(tmpdir(), 'golden-'));

test('two runs write the same, byte for byte, and nothing of this machine or this moment', () => {
  const read = () => readFileSync(join(synthesizeInto(scratch(), {}, fakeBundles()), 'cdk.tf.json'), 'utf8');
  const text = read();
  expect(read()).toBe(text);
  expect(text).not.toContain(root);
  expect(text).not.toContain(tmpdir());
  expect(text).not.toMatch(/20\d\d-\d\d-\d\dT/);
});

test('so do two folders, by the program that the operator runs', () => {
  const synthesizeCopy = () => {
    const folder = copyOfProject();
    execFileSync(process.execPath, ['main.ts'], { cwd: folder, stdio: 'ignore' });
    return readFileSync(join(folder, 'cdktf.out/stacks/manga-pipeline/cdk.tf.json'), 'utf8');
  };
  expect(synthesizeCopy()).toBe(synthesizeCopy());
});

/** Another project folder, in which a program of an operator can be run. */
function copyOfProject(): string {
  const folder = scratch();
  const parts = ['main.ts', 'config', 'cdktf.json', 'package.json', 'manga-pipeline.prod.json'];
  for (const part of [...parts, 'stacks', 'domain', 'asl', 'functions', 'workers'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  cpSync(fakeBundles(), join(folder, 'dist'), { recursive: true });
  return folder;
}

test('what stops it is said in one line, and nothing is written', () => {
  const folder = scratch();
  try {
    execFileSync(process.execPath, [join(root, 'main.ts')], {
      cwd: folder,
      env: { ...process.env, STAGE: 'moon' },
      stdio: 'pipe',
    });
    throw new Error('it went on');
  } catch (error) {
    expect((error as { stderr: Buffer }).stderr.toString()).toMatch(/^STAGE: moon is not known; .*\n$/);
  }
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(join(folder, 'cdktf.out'))).toBe(false);
});

test('a placeholder that nothing fills stops it before anything is written', () => {
  const folder = copyOfProject();
  const asl = join(folder, 'asl/pipeline.asl.json');
  writeFileSync(asl, readFileSync(asl, 'utf8').replace('${fetcher}', '${fetchr}'));
  const { status, stderr } = spawnSync(process.execPath, ['main.ts'], { cwd: folder, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^The state machine has no value for \$\{fetchr\}; there is one for .*, fetcher, .*\n$/,
  );
  expect(existsSync(join(folder, 'cdktf.out'))).toBe(false);
});
