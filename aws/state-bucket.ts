import {
  BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

/** State of the bucket that has Terraform's state. `foreign`: the account can't use it. */
export type StateBucket = 'missing' | 'foreign' | 'unversioned' | 'ready';

/** The bucket of Terraform's state, which can be in another region than the stage. */
export function stateBucket(bucket: string, region: string) {
  const s3 = new S3Client({ region, followRegionRedirects: true });
  const keepVersions = new PutBucketVersioningCommand({
    Bucket: bucket,
    VersioningConfiguration: { Status: 'Enabled' },
  });
  return {
    async look(): Promise<StateBucket> {
      try {
        await s3.send(new HeadBucketCommand({ Bucket: bucket }));
      } catch (error) {
        const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
        if (status === 404) return 'missing';
        if (status === 403) return 'foreign';
        throw error;
      }
      const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }));
      return Status === 'Enabled' ? 'ready' : 'unversioned';
    },

    async keepVersions(): Promise<void> {
      await s3.send(keepVersions);
    },

    /** Creates it as docs/deploy.md does by hand: with versions, and closed to the public. */
    async create(): Promise<void> {
      const LocationConstraint = Object.values(BucketLocationConstraint).find((one) => one === region);
      // us-east-1 is the default and is refused as a constraint.
      const configuration =
        region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint } };
      await s3.send(new CreateBucketCommand({ Bucket: bucket, ...configuration }));
      await s3.send(keepVersions);
      await s3.send(
        new PutPublicAccessBlockCommand({
          Bucket: bucket,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            IgnorePublicAcls: true,
            BlockPublicPolicy: true,
            RestrictPublicBuckets: true,
          },
        }),
      );
    },
  };
}
