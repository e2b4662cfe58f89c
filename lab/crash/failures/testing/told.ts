import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorOf, failedJobLine, runbookEntry } from '../../../../domain/runbook.ts';
import { alarmsIn } from '../../../../stacks/testing/alarms.ts';
import { type Metrics, recordLine } from '../../../../stacks/testing/metrics.ts';
import { synthesize } from '../../../../stacks/testing/synthesized.ts';
import type { Failing } from './failing.ts';
import type { FailureEnvironment } from './failure-environment.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/runbook.md'), 'utf8');
const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
/** Made on first use, because it takes seconds. */
let stage: ReturnType<typeof synthesize> | undefined;

/** Checks that the failure caused one log line, one complete message, and an alarm that fires. */
export async function expectTold(
  { failure, error = failure, state, says }: Failing,
  { entries, messages, written }: FailureEnvironment,
): Promise<void> {
  const lines = entries.flatMap(({ type, data }) =>
    type === 'log' && data.text.includes(failedJobLine.event) ? [data.text] : [],
  );
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0] ?? '') as Record<string, string>;
  const link = `docs/runbook.md#${anchorOf(failure)}`;
  expect(line).toMatchObject({
    ...{ level: 'ERROR', event: 'job_failed', failure_class: failure, error_name: error },
    ...{ failed_state: state, runbook: link, error_message: expect.stringMatching(says) },
  });

  expect(messages.map(({ subject }) => subject)).toEqual([`manga-pipeline: ${state} failed with ${error}`]);
  const { text = '' } = messages[0] ?? {};
  const { meaning, tried, todo } = runbookEntry(failure);
  for (const part of [
    meaning,
    tried,
    todo,
    line.error_message,
    line.job_id,
    line.execution_id,
    `Runbook: ${link}`,
  ])
    expect(text).toContain(part);
  expect(sections).toContain(anchorOf(failure));

  const job = (await written.jobs()).find(({ job_id }) => job_id === line.job_id);
  const { error_message } = line;
  expect(job).toMatchObject({ status: 'failed', error_name: error, failed_state: state, error_message });

  stage ??= synthesize();
  const metrics: Metrics = new Map();
  for (const text of lines) recordLine(metrics, stage, '/aws/lambda/manga-pipeline-handle-error', text, 0);
  expect(alarmsIn(stage, metrics, 3600)).toEqual([`manga-pipeline-failed-${failure}`]);
}
