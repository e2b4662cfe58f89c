/** The checksums of the Terraform provider, which the project keeps; terraform init checks them on every machine. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ConfigurationError } from '../domain/errors.ts';

export const lockFile = '.terraform.lock.hcl';

const bindings = createRequire(import.meta.url)('@cdktf/provider-aws/package.json') as {
  cdktf: { provider: { name: string; version: string } };
};
/** The provider that the stacks are written for. */
export const provider = bindings.cdktf.provider;

/** Reads the project's lock file, if there is one. Rejects one of another version: a plan with it would not be that of this code. */
export async function readLock(root: string): Promise<string | undefined> {
  const text = await readFile(join(root, lockFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const [, block] = text.split(`provider "${provider.name}" {`);
  const [, locked = 'no version'] = /^\s*version\s*=\s*"([^"]*)"/.exec(block ?? '') ?? [];
  if (locked === provider.version) return text;
  throw new ConfigurationError(
    `${lockFile} has ${locked} of ${provider.name}, and the stacks need ${provider.version}; run make synth WHAT=lock, then commit it`,
  );
}
