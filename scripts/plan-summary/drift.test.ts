import { renderDrift } from './drift.ts';
import { parsePlan } from './plan.ts';

const resource = (address: string, actions: string[], before: object | null, after: object | null) => ({
  ...{ address, mode: 'managed', type: address.split('.')[0] },
  change: { actions, before, after },
});
const policy = resource('aws_iam_role_policy.p', ['update'], { name: 'a' }, { name: 'by hand' });
const undoing = resource('aws_iam_role_policy.p', ['update'], { name: 'by hand' }, { name: 'a' });
const topic = resource('aws_sns_topic.t', ['delete'], { name: 't' }, null);
const tags = resource('aws_s3_bucket.b', ['update'], { tags: null }, { tags: {} });

const planOf = (resource_drift: object[], resource_changes: object[], more: object = {}) =>
  parsePlan(JSON.stringify({ format_version: '1.2', resource_drift, resource_changes, ...more }));
const report = (...drifted: Parameters<typeof planOf>) =>
  renderDrift(planOf(...drifted), { stage: 'dev' }).split('\n');

test('reports what was changed or deleted by hand, as far as a deployment would undo it', () => {
  const create = resource('aws_sns_topic.t', ['create'], null, { name: 't' });
  const lines = report([policy, topic, tags], [undoing, create]);
  expect(lines[0]).toBe('<!-- drift: dev --><!-- differences: 2 -->');
  expect(lines).toEqual(
    expect.arrayContaining([
      '- `aws_iam_role_policy.p` was changed',
      '- `aws_sns_topic.t` was deleted',
      '+   name = by hand',
      '<details><summary>Changed as well, without an effect on a deployment (1)</summary>',
      '- `aws_s3_bucket.b` was changed',
    ]),
  );
});

test.each<[string, Parameters<typeof planOf>]>([
  ['nothing changed', [[], []]],
  ['the code is newer than the deployment', [[], [undoing]]],
  ['AWS filled in a value that no deployment changes', [[tags], []]],
])('reports no difference when %s', (_, drifted) => {
  expect(report(...drifted)).toEqual([
    '<!-- drift: dev --><!-- differences: 0 -->',
    'The account matches the state of `dev`.',
    '',
  ]);
});

test('does not report an incomplete plan as a match', () => {
  expect(() => report([], [], { errored: true })).toThrow('Terraform could not finish this plan');
});

test('fits into an issue, and says how much is left out', () => {
  const many = Array.from({ length: 900 }, (_, index) =>
    resource(`aws_x.y${index}`, ['update'], {}, { a: '<!--' }),
  );
  const text = renderDrift(planOf(many, many), { stage: 'dev', limit: 4000 });
  expect(text.length).toBeLessThanOrEqual(4000);
  expect(text).toMatch(/… and \d+ more; the log of the run has them/);
});
