/** `make synth WHAT=lock`: writes the checksums of the Terraform provider for every platform of the project. */
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../domain/errors.ts';
import { lockFile, provider } from '../stacks/provider-lock.ts';

/** Platforms of the project and of its workflows. */
const platforms = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];

export async function run(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'provider-lock-'));
  try {
    const aws = { source: provider.name, version: provider.version };
    const document = { terraform: { required_providers: { aws } } };
    await writeFile(join(folder, 'main.tf.json'), JSON.stringify(document));
    const { error, status } = spawnSync(
      'terraform',
      [`-chdir=${folder}`, 'providers', 'lock', ...platforms.map((platform) => `-platform=${platform}`)],
      { stdio: 'inherit' },
    );
    if (error) throw new ConfigurationError('terraform is missing; install it (1.10 or newer)');
    if (status === 0) await copyFile(join(folder, lockFile), join(import.meta.dirname, '..', lockFile));
    return status ?? 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}
