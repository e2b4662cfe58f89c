import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, Testing } from 'cdktf';
import { functions } from '../../config/functions.ts';
import { workers } from '../../config/workers.ts';
import { parseDeployment } from '../deployment.ts';
import { MangaPipelineStack } from '../manga-pipeline-stack.ts';

const root = join(import.meta.dirname, '..', '..');
export const flow = readFileSync(join(root, 'asl', 'pipeline.asl.json'), 'utf8');

/** Stands in for `dist/`; the stacks do not depend on what a bundle contains. */
export function fakeBundles(content = 'code'): string {
  const dist = mkdtempSync(join(tmpdir(), 'dist-'));
  const files = [
    ...Object.keys(functions).map((name) => `functions/${name}.zip`),
    ...['x86_64', 'arm64'].flatMap((architecture) => [
      `layers/sharp-${architecture}.zip`,
      `layers/ffmpeg-${architecture}.zip`,
      `layers/ffmpeg-${architecture}.gz`,
      ...Object.keys(workers).map((name) => `workers/${name}-${architecture}.tgz`),
    ]),
  ];
  for (const file of files) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    writeFileSync(join(dist, file), `${content} of ${file}`);
  }
  return dist;
}

const settings = {
  stage: 'prod',
  workerAmi: 'ami-00000000000000001',
  runbookUrl: 'https://example.org/runbook.md',
  state: { bucket: 'terraform-states' },
  alarmEmail: 'operator@example.com',
};

export const deployment = (over: Record<string, unknown> = {}) =>
  parseDeployment({ ...settings, ...over }, 'manga-pipeline.test.json');

/** Returns the Terraform of a stage as an object. */
export function synthesize(over: Record<string, unknown> = {}, dist = fakeBundles(), definition = flow) {
  const stack = new MangaPipelineStack(Testing.app(), deployment(over), dist, definition);
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

/** Writes a stack with its assets, as `make synth` does; returns the folder of the stack. */
export function synthesizeInto(
  outdir: string,
  over: Record<string, unknown> = {},
  dist = fakeBundles(),
): string {
  const app = new App({ outdir });
  const stack = new MangaPipelineStack(app, deployment(over), dist, flow);
  app.synth();
  return join(outdir, 'stacks', stack.node.id);
}

export type Block = Record<string, unknown>;
export interface Synthesized {
  resource: Record<string, Record<string, Block>>;
  data: Record<string, Record<string, Block>>;
  output: Record<string, { value: string }>;
  provider: Record<string, Block[]>;
  terraform: { backend: Record<string, Block>; required_version: string };
}

export const all = (stack: Synthesized, type: string): Block[] => Object.values(stack.resource[type] ?? {});

/** Returns the only resource of a type whose property has a value. */
export function one(stack: Synthesized, type: string, property: string, value: string): Block {
  const found = all(stack, type).filter((block) => block[property] === value);
  if (!found[0] || found.length > 1) throw new Error(`${found.length} ${type} with ${property} ${value}`);
  return found[0];
}
