import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStage } from '../stacks/deployment.ts';

const root = join(import.meta.dirname, '..');

/** Enters a stage in a process of its own, as every command about a stage does first; answers what it prints. */
function enter(stage: string, environment: Record<string, string>): string {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  const code = `
    const { enterStage } = await import(${JSON.stringify(join(import.meta.dirname, 'stage.ts'))});
    await enterStage(${JSON.stringify(stage)}).then(
      () => console.log(process.env.AWS_REGION),
      ({ message }) => console.log(message));`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    env: { HOME: home, AWS_EC2_METADATA_DISABLED: 'true', NODE_NO_WARNINGS: '1', ...environment },
    encoding: 'utf8',
  }).trim();
}
const credentials = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };

test("a stage is asked about in its own region, whatever the shell's is", async () => {
  const { region } = await readStage('prod', root);
  expect(enter('prod', { ...credentials, AWS_REGION: 'eu-south-1' })).toBe(region);
});

test('the local cloud is where the shell says', () => {
  const environment = { ...credentials, AWS_REGION: 'eu-south-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
  expect(enter('prod', environment)).toBe('eu-south-1');
});

test('without credentials one line says how to get them', () => {
  expect(enter('prod', {})).toMatch(/^no AWS credentials \(.+\); run aws configure .*AWS_PROFILE$/);
});

test('a stage without a file is refused with those that have one', () => {
  expect(enter('moon', credentials)).toMatch(/^STAGE: moon is not known; it must be dev or prod/);
});
