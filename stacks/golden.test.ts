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
import { provider } from './provider-lock.ts';
import { fakeBundles, synthesizeInto } from './testing/synthesized.ts';

const root = join(import.meta.dirname, '..');
const scratch = () => mkdtempSync(join(tmpdir(), 'golden-'));

test('writes the same bytes twice, without paths or times', () => {
  const read = () => readFileSync(join(synthesizeInto(scratch(), {}, fakeBundles()), 'cdk.tf.json'), 'utf8');
  const text = read();
  expect(read()).toBe(text);
  expect(text).not.toContain(root);
  expect(text).not.toContain(tmpdir());
  expect(text).not.toMatch(/20\d\d-\d\d-\d\dT/);
});

test('writes the same bytes in two folders, run in the way the operator runs it', () => {
  const synthesizeCopy = () => {
    const folder = copyOfProject();
    execFileSync(process.execPath, ['main.ts'], { cwd: folder, stdio: 'ignore' });
    return readFileSync(join(folder, 'cdktf.out/stacks/manga-pipeline/cdk.tf.json'), 'utf8');
  };
  expect(synthesizeCopy()).toBe(synthesizeCopy());
});

/** Copies the project to another folder, where an operator's program can run. */
function copyOfProject(): string {
  const folder = scratch();
  const parts = ['main.ts', 'config', 'cdktf.json', 'package.json', 'manga-pipeline.prod.json'];
  for (const part of [...parts, 'stacks', 'domain', 'asl', 'functions', 'workers'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  cpSync(fakeBundles(), join(folder, 'dist'), { recursive: true });
  return folder;
}

test('reports an error in one line and writes nothing', () => {
  const folder = scratch();
  try {
    execFileSync(process.execPath, [join(root, 'main.ts')], {
      cwd: folder,
      env: { ...process.env, STAGE: 'moon' },
      stdio: 'pipe',
    });
    throw new Error('main.ts succeeded');
  } catch (error) {
    expect((error as { stderr: Buffer }).stderr.toString()).toMatch(/^STAGE: moon is not known; .*\n$/);
  }
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(join(folder, 'cdktf.out'))).toBe(false);
});

test("gives the stack the project's checksums of providers", () => {
  const folder = copyOfProject();
  const checksums = `provider "${provider.name}" {\n  version = "${provider.version}"\n}\n`;
  writeFileSync(join(folder, '.terraform.lock.hcl'), checksums);
  execFileSync(process.execPath, ['main.ts'], { cwd: folder, stdio: 'ignore' });
  const copy = join(folder, 'cdktf.out/stacks/manga-pipeline/.terraform.lock.hcl');
  expect(readFileSync(copy, 'utf8')).toBe(checksums);
});

test('rejects a placeholder without a value before it writes anything', () => {
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
