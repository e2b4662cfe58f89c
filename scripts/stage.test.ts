import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStage } from '../stacks/deployment.ts';

const root = join(import.meta.dirname, '..');

/** Enters a stage in a separate process, as every command for a stage does first; returns its output. */
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

test("uses the region of the stage, not the shell's", async () => {
  const { region } = await readStage('prod', root);
  expect(enter('prod', { ...credentials, AWS_REGION: 'eu-south-1' })).toBe(region);
});

test("uses the shell's address of the local cloud", () => {
  const environment = { ...credentials, AWS_REGION: 'eu-south-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
  expect(enter('prod', environment)).toBe('eu-south-1');
});

test('reports missing credentials in one line that says how to get them', () => {
  expect(enter('prod', {})).toMatch(/^no AWS credentials \(.+\); run aws configure .*AWS_PROFILE$/);
});

test('rejects a stage without a file, and names the existing ones', () => {
  expect(enter('moon', credentials)).toMatch(/^STAGE: moon is not known; it must be dev or prod/);
});
