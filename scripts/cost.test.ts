import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadDeployment } from '../stacks/deployment.ts';
import { deployment, synthesize } from '../stacks/testing/synthesized.ts';
import { alarms, estimate } from './cost.ts';

test('estimates a video, a day and a month with the machines of the stage', () => {
  const lines = estimate(deployment(), 12, 30, 10);
  const amount = (name: string) =>
    Number(/\$([\d.]+)/.exec(lines.find((line) => line.trim().startsWith(`${name} `)) ?? '')?.[1]);
  expect(lines.join('\n')).toContain('c6a.xlarge, 4.5 minutes');
  expect(amount('a day')).toBeCloseTo(10 * amount('a video'), 1);
  expect(amount('a month')).toBeGreaterThan(30 * amount('a day'));
});

test('prints what the page of deployments shows', async () => {
  const root = join(import.meta.dirname, '..');
  const page = await readFile(join(root, 'docs/deploy.md'), 'utf8');
  expect(page).toContain(
    `\`\`\`text\n${estimate(await loadDeployment('prod', root), 12, 30, 10).join('\n')}\n\`\`\``,
  );
});

test('counts every alarm of a stage', () => {
  expect(Object.keys(synthesize().resource.aws_cloudwatch_metric_alarm ?? {})).toHaveLength(alarms);
});

test('names what the estimate does not include', () => {
  const settings = { narrator: 'llm', llmModel: 'm', rendererInstanceType: 'm5.4xlarge' };
  expect(estimate(deployment(settings), 12, 30, 10).slice(-2)).toEqual([
    'Not included: the language model, whose price depends on the model.',
    'Not included: renderer m5.4xlarge, whose price is not known.',
  ]);
});
