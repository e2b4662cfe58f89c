/**
 * Checks what is deployed: `make check FIX=1` writes docs/licences.md, `make bundle WHAT=sbom` writes dist/sbom.cdx.json
 * (CycloneDX), `make doctor AUDIT=1` asks the registry for known vulnerabilities.
 */
import { execFile } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { auditAnswer, readAudit } from './supply-chain/audit.ts';
import { incompatible, licenceTable } from './supply-chain/licences.ts';
import { lockedPackages, readLockfile } from './supply-chain/lockfile.ts';
import { licencesPage } from './supply-chain/page.ts';
import { withoutMoment } from './supply-chain/sbom.ts';

const root = join(import.meta.dirname, '..');

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

async function licences(): Promise<string> {
  const packages = await lockedPackages(root);
  const [wrong] = incompatible(packages);
  if (wrong)
    throw new Error(`${wrong.name} is deployed under ${wrong.license ?? 'no licence'}; see licences.ts`);
  await writeWhole(join(root, 'docs/licences.md'), licencesPage(licenceTable(packages)));
  return 'docs/licences.md';
}

const npm = (...options: string[]) =>
  promisify(execFile)('npm', options, { cwd: root, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 });

async function sbom(): Promise<string> {
  const { stdout } = await npm('sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only');
  await writeWhole(join(root, 'dist/sbom.cdx.json'), withoutMoment(stdout));
  return 'dist/sbom.cdx.json';
}

/** npm fails both with vulnerabilities and without a response; its output distinguishes them. */
async function audit(): Promise<string> {
  const lock = await readLockfile(root);
  const { stdout } = await npm('audit', '--omit=dev', '--audit=true', '--json').catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  const { text, status } = auditAnswer(readAudit(stdout, (folder) => lock[folder]?.dev !== true));
  process.exitCode = status;
  return text;
}

const tasks: Readonly<Record<string, () => Promise<string>>> = { licences, sbom, audit };
const task = tasks[process.argv[2] ?? ''];
try {
  if (!task) throw new Error(`say which: ${Object.keys(tasks).join(' or ')}`);
  console.log(await task());
} catch (error) {
  console.error(`supply-chain: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
