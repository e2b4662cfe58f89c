import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { incompatible, licenceTable } from './licences.ts';
import { type LockedPackage, lockedPackages } from './lockfile.ts';
import { licencesPage } from './page.ts';
import { withoutMoment } from './sbom.ts';

const root = join(import.meta.dirname, '../..');
const locked = (one: Partial<LockedPackage>): LockedPackage => ({
  name: 'one',
  folder: 'node_modules/one',
  version: '1.0.0',
  dev: false,
  inBundle: false,
  link: false,
  ...one,
});

test('pins every installed package by its hash', async () => {
  const packages = await lockedPackages(root);
  expect(packages.length).toBeGreaterThan(300);
  expect(packages.filter((one) => !one.integrity && !one.inBundle).map(({ name }) => name)).toEqual([]);
});

test('everything deployed has a licence compatible with Apache-2.0, or a reason', async () => {
  expect(incompatible(await lockedPackages(root)).map(({ name, license }) => `${name}: ${license}`)).toEqual(
    [],
  );
});

test('the embedded cloud is for one machine only, with everything that only it needs', async () => {
  const packages = await lockedPackages(root);
  const isDev = (name: string) => packages.find((one) => one.name === name)?.dev;
  const ofTheCloud = ['dynalite', 'fauxqs', 'fastify', 'jsonata', '@modelcontextprotocol/server'];
  expect(ofTheCloud.map(isDev)).toEqual([true, true, true, true, true]);
  expect(['zod', 'ws', '@aws-sdk/client-sfn'].map(isDev)).toEqual([false, false, false]);
});

test('reports copyleft and missing licences, and accepts a choice of licences', () => {
  const packages = [
    locked({ name: 'gpl', license: 'GPL-3.0' }),
    locked({ name: 'nothing' }),
    locked({ name: 'half', license: 'MIT AND GPL-2.0' }),
    locked({ name: 'choice', license: '(MIT OR GPL-3.0)' }),
    locked({ name: 'tool', license: 'GPL-3.0', dev: true }),
  ];
  expect(incompatible(packages).map(({ name }) => name)).toEqual(['gpl', 'nothing', 'half']);
});

test('docs/licences.md is up to date (make check FIX=1)', async () => {
  const page = await readFile(join(root, 'docs/licences.md'), 'utf8');
  expect(page).toBe(licencesPage(licenceTable(await lockedPackages(root))));
});

test('the bill of materials lists what is deployed and is the same on any day', async () => {
  const list = async () => {
    const options = ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only'];
    const { stdout } = await promisify(execFile)('npm', options, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    return withoutMoment(stdout);
  };
  const [one, other] = await Promise.all([list(), list()]);
  expect(one).toBe(other);
  const { components } = JSON.parse(one) as { components: { name: string }[] };
  const names = components.map(({ name }) => name);
  expect(names).toContain('@aws-sdk/client-sfn');
  expect(names).not.toContain('@echogarden/espeak-ng-emscripten');
});
