import { spawnSync } from 'node:child_process';
import type { StateBucket } from '../../aws/state-bucket.ts';
import type { Deployment } from '../../config/deployment.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { lockFile, provider, readLock } from '../../stacks/provider-lock.ts';
import { type Check, fail, ok, warn } from './check.ts';

interface BucketPorts {
  look(): Promise<StateBucket>;
  keepVersions(): Promise<void>;
  create(): Promise<void>;
}

/** Checks the bucket of Terraform's state, which Terraform can't create. */
export function stateChecks({ state, region }: Deployment, bucket: BucketPorts): Check[] {
  const at = state.region ?? region;
  const versions = `aws s3api put-bucket-versioning --bucket ${state.bucket} --region ${at} --versioning-configuration Status=Enabled`;
  const constraint = at === 'us-east-1' ? '' : ` --create-bucket-configuration LocationConstraint=${at}`;
  const create = `aws s3api create-bucket --bucket ${state.bucket} --region ${at}${constraint}`;
  const closed =
    `aws s3api put-public-access-block --bucket ${state.bucket} --region ${at} --public-access-block-configuration ` +
    'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';
  return [
    {
      name: "Terraform's state",
      async look() {
        const found = await bucket.look();
        if (found === 'ready') return ok(`${state.bucket}, with versions`);
        if (found === 'foreign')
          return fail(
            `${state.bucket} belongs to another account, or these credentials can't use it`,
            'set state.bucket to a name that is yours',
          );
        if (found === 'unversioned')
          return warn(`${state.bucket} keeps no versions, so a damaged state is lost`, versions, {
            command: versions,
            risk: 'Stores old versions of the state, kilobytes each',
            run: bucket.keepVersions,
          });
        return fail(`the bucket ${state.bucket} does not exist`, 'docs/deploy.md, section 2, creates it', {
          command: [create, versions, closed].join(' &&\n    '),
          risk: 'Makes a bucket, which costs cents a month',
          run: bucket.create,
        });
      },
    },
  ];
}

/** Checks that the checksums of Terraform's provider are kept for every machine. */
export const providerLock = (root: string): Check => ({
  name: 'provider checksums',
  async look() {
    try {
      if ((await readLock(root)) === undefined)
        return warn(`${lockFile} is missing`, 'run make plan, then commit it');
    } catch (error) {
      if (error instanceof ConfigurationError) return fail(error.message, 'make synth WHAT=lock');
      throw error;
    }
    const { status } = spawnSync('git', ['ls-files', '--error-unmatch', lockFile], {
      cwd: root,
      stdio: 'ignore',
    });
    return status === 1
      ? warn(`${lockFile} is not committed, so other machines plan without it`, `git add ${lockFile}`)
      : ok(`${provider.name} ${provider.version}`);
  },
});
