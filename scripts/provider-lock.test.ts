import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { isInstalled } from '../local/testing/shell.ts';
import { provider } from '../stacks/provider-lock.ts';
import { providerLock } from './doctor/state.ts';

/** Runs the real terraform where it is installed. Its registry is a folder of archives, whose programs are never started. */
const withTerraform = isInstalled('terraform') ? test : test.skip;

const root = join(import.meta.dirname, '..');
let project: string;
const at = (path: string) => join(project, path);
const put = (path: string, content: string | Uint8Array, mode = 0o644) => {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), content, { mode });
};
const archive = (platform: string, version: string, code = 'code') =>
  put(
    `mirror/${provider.name}/terraform-provider-aws_${version}_${platform}.zip`,
    zipSync({
      [`terraform-provider-aws_v${version}`]: [
        Buffer.from(`${code} of ${platform}`),
        { attrs: 0o755 << 16, os: 3 },
      ],
    }),
  );

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'lock-'));
  for (const part of [
    'scripts',
    'stacks',
    'config',
    'domain',
    'asl',
    'functions',
    'workers',
    'main.ts',
    'package.json',
  ])
    cpSync(join(root, part), at(part), { recursive: true });
  cpSync(join(root, 'manga-pipeline.prod.json'), at('manga-pipeline.prod.json'));
  symlinkSync(join(root, 'node_modules'), at('node_modules'));
  for (const platform of ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'])
    archive(platform, provider.version);
  put('terraform.rc', `provider_installation {\n filesystem_mirror {\n path = "${at('mirror')}"\n }\n}\n`);
  put(
    'bin/terraform',
    `#!/bin/bash\n[[ $2 != validate ]] || exit 0\nexec env PATH='${process.env.PATH}' terraform "$@"\n`,
    0o755,
  );
  // What cdktf's CLI does with the providers.
  put(
    'bin/npx',
    '#!/bin/bash\nexec terraform -chdir=cdktf.out/stacks/manga-pipeline init -no-color\n',
    0o755,
  );
  write(provider.version);
});
afterEach(() => rmSync(project, { recursive: true }));

/** Writes the stack as make synth does, with a copy of the project's lock. */
function write(version: string): void {
  const document = { terraform: { required_providers: { aws: { source: 'aws', version } } } };
  rmSync(at('cdktf.out'), { recursive: true, force: true });
  put('cdktf.out/stacks/manga-pipeline/cdk.tf.json', JSON.stringify(document));
  const lock = at('.terraform.lock.hcl');
  if (existsSync(lock)) cpSync(lock, at('cdktf.out/stacks/manga-pipeline/.terraform.lock.hcl'));
}

function run(program: string, ...args: string[]) {
  const { stdout, stderr, status } = spawnSync(program, args, {
    cwd: project,
    env: {
      ...{ PATH: `${at('bin')}:${process.env.PATH}`, HOME: project, TMPDIR: tmpdir(), NODE_NO_WARNINGS: '1' },
      ...{ TF_CLI_CONFIG_FILE: at('terraform.rc'), TF_CLI_ARGS_providers_lock: `-fs-mirror=${at('mirror')}` },
    },
    encoding: 'utf8',
  });
  return { text: stdout + stderr, stderr, status };
}
const validate = () => run('scripts/plan-summary-terraform.sh', 'validate');
const locked = () => readFileSync(at('.terraform.lock.hcl'), 'utf8');
const lock = () => run(process.execPath, 'scripts/manga.ts', 'synth', 'lock');

withTerraform.each([
  ['plan', validate],
  ['deployment', () => run('scripts/cdktf.sh', 'deploy')],
])('the first %s keeps the checksums in the project, and the next ones use them', (_, first) => {
  expect(first().stderr).toBe(
    "wrote .terraform.lock.hcl, the provider's checksums; commit it, so that every plan uses this provider (make synth WHAT=lock adds those of other platforms)\n",
  );
  const kept = locked();
  expect(kept).toContain(`version     = "${provider.version}"`);
  write(provider.version);
  expect(first()).toMatchObject({ stderr: '', status: 0 });
  expect(locked()).toBe(kept);
});

withTerraform('a provider with other contents is refused, by a plan and by a deployment', () => {
  validate();
  archive('linux_amd64', provider.version, 'changed code');
  archive('linux_arm64', provider.version, 'changed code');
  archive('darwin_arm64', provider.version, 'changed code');
  archive('darwin_amd64', provider.version, 'changed code');
  write(provider.version);
  for (const { text, status } of [validate(), run('scripts/cdktf.sh', 'deploy')]) {
    expect(text).toContain("doesn't match any");
    expect(status).toBe(1);
  }
});

withTerraform('the checksums of every platform are written by one command', () => {
  expect(lock().status).toBe(0);
  expect(locked().match(/"h1:/g)).toHaveLength(4);
  write(provider.version);
  expect(validate()).toMatchObject({ stderr: '', status: 0 });
});

withTerraform(
  'another version is refused before anything is written, until the checksums are written again',
  () => {
    lock();
    put('.terraform.lock.hcl', locked().replaceAll(provider.version, '6.0.0'));
    rmSync(at('cdktf.out'), { recursive: true });
    expect(run(process.execPath, 'main.ts')).toMatchObject({
      stderr: `.terraform.lock.hcl has 6.0.0 of ${provider.name}, and the stacks need ${provider.version}; run make synth WHAT=lock, then commit it\n`,
      status: 1,
    });
    expect(existsSync(at('cdktf.out'))).toBe(false);
    lock();
    expect(locked()).toContain(`version     = "${provider.version}"`);
    expect(locked()).not.toContain('6.0.0');
  },
);

withTerraform('a failure to reach the registry leaves the checksums as they are', () => {
  lock();
  const kept = locked();
  rmSync(at('mirror'), { recursive: true });
  expect(lock().status).toBe(1);
  expect(locked()).toBe(kept);
});

test('doctor asks for what is missing: the file, its version, its commit', async () => {
  const look = async () => {
    const { state, detail } = await providerLock(project).look();
    return `${state}: ${detail}`;
  };
  spawnSync('git', ['init', '-q'], { cwd: project });
  cpSync(join(root, '.gitignore'), at('.gitignore'));
  expect(await look()).toBe('warn: .terraform.lock.hcl is missing');
  put('.terraform.lock.hcl', `provider "${provider.name}" {\n  version = "6.0.0"\n}`);
  expect(await look()).toMatch(/^fail: .terraform.lock.hcl has 6.0.0 /);
  put('.terraform.lock.hcl', `provider "${provider.name}" {\n  version = "${provider.version}"\n}`);
  expect(await look()).toBe('warn: .terraform.lock.hcl is not committed, so other machines plan without it');
  expect(spawnSync('git', ['add', '.terraform.lock.hcl'], { cwd: project }).status).toBe(0);
  expect(await look()).toBe(`ok: ${provider.name} ${provider.version}`);
});
