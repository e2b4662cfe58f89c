/** Runs the real terraform on the synthesized stack, if an offline provider is available. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { fakeBundles, synthesizeInto } from './testing/synthesized.ts';

const tool = join(import.meta.dirname, '../../shared/tools/offline-terraform/offline-terraform');
const hasTerraform = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;
const ready = existsSync(tool) && hasTerraform;
if (!ready) console.warn('Skipped: validate, plan and apply need terraform and the offline-terraform tool');

const home = mkdtempSync(join(tmpdir(), 'offline-terraform-'));
const dist = fakeBundles();

function terraform(stack: string, verb: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync(tool, [stack, verb, ...options], {
    encoding: 'utf8',
    env: { ...process.env, OFFLINE_TERRAFORM_HOME: home },
    maxBuffer: 64 * 1024 * 1024,
    // Its first use installs packages; without a network it must give up.
    timeout: 120_000,
  });
  return { status, output: `${stdout}${stderr}` };
}
const synthesize = (over: Record<string, unknown> = {}) =>
  synthesizeInto(mkdtempSync(join(tmpdir(), 'stack-')), over, dist);
const ending = (output: string) =>
  [...output.matchAll(/^(?:No changes\.|Plan: .*|Apply complete! .*|Success! .*)/gm)].at(-1)?.[0];

/** Touches every bundle without changing it, as another checkout of the same commit would. */
function touchBundles(): void {
  const later = new Date(Date.now() + 3_600_000);
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), later, later);
}

(ready ? describe : describe.skip)('terraform', () => {
  jest.setTimeout(240_000);

  test('validates the stack', () => {
    expect(ending(terraform(synthesize(), 'validate').output)).toBe('Success! The configuration is valid.');
  });

  test('plans nothing after an apply, even when every bundle was touched', () => {
    expect(ending(terraform(synthesize(), 'apply').output)).toMatch(
      /^Apply complete! Resources: \d+ added, 0/,
    );
    expect(ending(terraform(synthesize(), 'plan').output)).toBe('No changes.');
    touchBundles();
    expect(ending(terraform(synthesize(), 'plan').output)).toBe('No changes.');
  });

  test('changes only the function whose code changed', () => {
    writeFileSync(join(dist, 'functions/cleanup.zip'), 'other code');
    const { output } = terraform(synthesize(), 'plan');
    expect(ending(output)).toBe('Plan: 0 to add, 1 to change, 0 to destroy.');
    expect(output).toMatch(/aws_lambda_function\.functions_cleanup_function_\w+ will be updated in-place/);
  });

  test('validates a stage with its own network, a lock table and all other settings', () => {
    const over = {
      stage: 'dev',
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0'],
      architecture: 'arm64',
      rendererInstanceType: 'c7g.2xlarge',
      uploaderInstanceType: 't4g.medium',
      reserveConcurrency: true,
      canary: 'one-job',
      renderShards: 'auto',
      workerIdleMinutes: 5,
      monthlyBudgetUsd: 40,
      permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
      account: '123456789012',
    };
    expect(ending(terraform(synthesize(over), 'validate').output)).toBe(
      'Success! The configuration is valid.',
    );
  });
});
