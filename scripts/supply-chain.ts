/**
 * Checks what is deployed: `make check FIX=1` writes docs/licences.md, `make bundle WHAT=sbom` writes dist/sbom.cdx.json
 * (CycloneDX), `make doctor AUDIT=1` asks the registry for known vulnerabilities.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { auditAnswer, readAudit } from './supply-chain/audit.ts';
import { incompatible, licenceTable } from './supply-chain/licences.ts';
import { lockedPackages, readLockfile } from './supply-chain/lockfile.ts';
import { licencesPage } from './supply-chain/page.ts';
import { withoutMoment } from './supply-chain/sbom.ts';
import { writeWhole } from './write-whole.ts';

const root = join(import.meta.dirname, '..');

export async function licences(): Promise<void> {
  const packages = await lockedPackages(root);
  const [wrong] = incompatible(packages);
  if (wrong)
    throw new Error(`${wrong.name} is deployed under ${wrong.license ?? 'no licence'}; see licences.ts`);
  await writeWhole(join(root, 'docs/licences.md'), licencesPage(licenceTable(packages)));
  console.log('docs/licences.md');
}

const npm = (...options: string[]) =>
  promisify(execFile)('npm', options, { cwd: root, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 });

export async function sbom(): Promise<void> {
  const { stdout } = await npm('sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only');
  await writeWhole(join(root, 'dist/sbom.cdx.json'), withoutMoment(stdout));
  console.log('dist/sbom.cdx.json');
}

/** npm fails both with vulnerabilities and without a response; its output distinguishes them. */
export async function audit(): Promise<number> {
  const lock = await readLockfile(root);
  const { stdout } = await npm('audit', '--omit=dev', '--audit=true', '--json').catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  const { text, status } = auditAnswer(readAudit(stdout, (folder) => lock[folder]?.dev !== true));
  console.log(text);
  return status;
}
