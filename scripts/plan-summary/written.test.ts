import { parsePlan } from './plan.ts';
import { renderPlan } from './render.ts';
import { asWritten } from './written.ts';

const bucket = '${aws_s3_bucket.artifacts.arn}';
const policy = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Action: 's3:GetObject', Resource: [`${bucket}/jobs/*`, '${aws_s3_bucket.old.arn}/*'] },
    {
      Effect: 'Allow',
      Action: 'sns:Publish',
      Resource: 'arn:aws:sns:r:${data.aws_caller_identity.me.account_id}:x',
    },
  ],
});
const synthesized = JSON.stringify({
  resource: { aws_iam_role_policy: { fetcher: { policy, role: 'fetcher' } } },
});
const change = (
  address: string,
  actions: string[],
  before: object | null,
  after: object,
  after_unknown = {},
) => ({
  address,
  mode: 'managed',
  type: address.split('.')[0],
  change: { actions, before, after, after_unknown },
});
const plan = parsePlan(
  JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      change('aws_iam_role_policy.fetcher', ['create'], null, { role: 'fetcher' }, { policy: true }),
      change('aws_s3_bucket.artifacts', ['create'], null, { bucket: 'new-bucket' }, { arn: true }),
      change('aws_s3_bucket.old', ['no-op'], { arn: 'arn:aws:s3:::old' }, { arn: 'arn:aws:s3:::old' }),
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [
            { address: 'data.aws_caller_identity.me', mode: 'data', values: { account_id: '123456789012' } },
          ],
        },
      },
    },
  }),
);

test('reads a policy that names new resources from the stack', () => {
  expect(renderPlan(plan, { stage: 'dev' })).toContain('the policy names new resources');
  const comment = renderPlan(asWritten(plan, synthesized), { stage: 'dev' });
  expect(comment).toContain(
    '- role `fetcher` can `s3:GetObject` on `‹arn of new-bucket›/jobs/*`, `arn:aws:s3:::old/*`\n',
  );
  expect(comment).toContain('- role `fetcher` can `sns:Publish` on `arn:aws:sns:r:123456789012:x`\n');
});
