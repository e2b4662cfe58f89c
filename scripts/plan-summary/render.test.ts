import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from './digest.ts';
import { parsePlan } from './plan.ts';
import { maxComment, renderPlan } from './render.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const recorded = readdirSync(fixtures)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));
const jsonOf = (name: string) => readFileSync(join(fixtures, `${name}.json`), 'utf8');
const planOf = (name: string) => parsePlan(jsonOf(name));
const options = { stage: 'prod', commit: '0123456789abcdef0123' };

test.each(recorded)('renders the plan %s as a comment', (name) => {
  expect(renderPlan(planOf(name), options)).toMatchSnapshot();
});

test('renders a plan without changes as one line', () => {
  const comment = renderPlan(planOf('no-change'), options);
  expect(comment.trimEnd().split('\n')).toHaveLength(1);
  expect(comment).toContain('**No changes** for `prod` at `0123456789ab`');
});

test.each(recorded)('hides sensitive values in the comment of %s', (name) => {
  expect(renderPlan(planOf(name), options)).not.toContain('Hunter2');
});

test('escapes table, link, mention and HTML in resource names', () => {
  const outside = renderPlan(planOf('hostile'), options)
    .replace(/^(`{3,})diff[\s\S]*?^\1$/gm, '')
    .replace(/<code>[^<]*<\/code>/g, 'CODE')
    .replace(/`[^`\n]*`/g, 'CODE');
  expect(outside).not.toMatch(/<img|@everyone|http:|\u202e/);
  expect(outside).toContain('| replaced | CODE | forced by CODE CODE → CODE | its subscriptions');
});

describe('a plan that is too large for a comment', () => {
  const many = Array.from({ length: 9000 }, (_, index) => ({
    address: `aws_sqs_queue.q${index}`,
    mode: 'managed',
    type: 'aws_sqs_queue',
    change: {
      actions: [index % 3 ? 'create' : 'delete'],
      before: {},
      after: { name: `queue ${'x'.repeat(300)}` },
    },
  }));
  const comment = renderPlan(
    parsePlan(JSON.stringify({ format_version: '1.2', resource_changes: many })),
    options,
  );

  test("is cut to GitHub's limit", () => {
    expect(comment.length).toBeLessThanOrEqual(maxComment);
    expect(comment.length).toBeGreaterThan(maxComment * 0.9);
  });

  test('keeps the counts, and lists deletions before creations', () => {
    expect(comment).toContain('6000 to create, 3000 to **destroy**');
    expect(comment).toMatch(/\| and \d+ more \| \| \|\n/);
    expect(comment).toMatch(/… and \d+ more; the log of the run has them\n\n<\/details>\n$/);
  });
});

describe('the digest', () => {
  const plan = planOf('code');

  test('is the same for a plan with the same changes', () => {
    const shuffled = { ...plan, changes: plan.changes.toReversed(), drift: plan.changes };
    expect(digestOf(shuffled)).toBe(digestOf(plan));
    const withNulls = jsonOf('code').replaceAll('"before": {', '"before": { "nothing": null,');
    expect(digestOf(parsePlan(withNulls))).toBe(digestOf(plan));
  });

  test.each(recorded.filter((name) => name !== 'code'))('differs from that of %s', (name) => {
    expect(digestOf(planOf(name))).not.toBe(digestOf(plan));
  });

  test('differs for another secret value', () => {
    expect(digestOf(parsePlan(jsonOf('code').replace('second-Hunter2', 'third-Hunter2')))).not.toBe(
      digestOf(plan),
    );
  });
});

test('reports an incomplete plan, even without changes', () => {
  const plan = parsePlan(JSON.stringify({ format_version: '1.2', errored: true }));
  expect(renderPlan(plan, options)).toContain('It must not be applied');
});

test.each([
  ['{}', /not the output of .* format_version/],
  ['{"format_version":"2.0"}', /version 1 is supported/],
])('rejects %s, which is not a plan', (json, message) => {
  expect(() => parsePlan(json)).toThrow(message);
});
