/**
 * Turns a plan into a comment for its reviewers:
 *   terraform show -json plan | node scripts/plan-summary.ts [--stage prod] [--commit SHA] [--stack cdk.tf.json] [--digest | --drift]
 * --stack names the synthesized stack, from which policies that are not yet known are read.
 * --digest prints only the hash of the plan's changes.
 * --drift prints an issue about what was changed outside of Terraform instead.
 */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { digestOf } from './plan-summary/digest.ts';
import { renderDrift } from './plan-summary/drift.ts';
import { parsePlan } from './plan-summary/plan.ts';
import { renderPlan } from './plan-summary/render.ts';
import { asWritten } from './plan-summary/written.ts';

const help =
  'terraform show -json plan | node scripts/plan-summary.ts [--stage prod] [--commit SHA] [--stack FILE] [--digest | --drift] [FILE]';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stage: { type: 'string', default: process.env.STAGE || 'prod' },
      commit: { type: 'string' },
      stack: { type: 'string' },
      digest: { type: 'boolean', default: false },
      drift: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(help);
  const [file] = positionals;
  const plan = parsePlan(await (file ? readFile(file, 'utf8') : text(process.stdin)));
  if (values.drift) return void process.stdout.write(renderDrift(plan, { stage: values.stage }));
  const digest = digestOf(plan);
  if (values.digest) return console.log(digest);
  const written = values.stack ? asWritten(plan, await readFile(values.stack, 'utf8')) : plan;
  process.stdout.write(renderPlan(written, { stage: values.stage, commit: values.commit, digest }));
}

main().catch((error: Error) => {
  console.error(
    `plan-summary: ${error instanceof SyntaxError ? 'this is not JSON; pipe terraform show -json into it' : error.message}`,
  );
  process.exitCode = 1;
});
