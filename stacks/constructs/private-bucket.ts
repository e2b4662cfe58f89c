import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
import { Construct } from 'constructs';
import {
  comparedThumbnailsPrefix,
  libraryPrefix,
  memoryPrefix,
  repliesPrefix,
  speechMemoryPrefix,
} from '../../domain/artifacts.ts';
import type { Site } from '../site.ts';
import { policy } from './policy.ts';

/** Days during which an overwritten or deleted chapter, memory or bundle can be restored. */
const recoveryDays = 30;
/** Long enough for the next attempt at a failed chapter, and for repeated phrases. */
const rememberedDays = 60;
/** Twice as long as a trial of thumbnails. */
const comparedDays = 60;

/** The artifacts bucket: private, encrypted, TLS only, with lifecycle rules that delete unused objects. */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, site: Site) {
    super(scope, id);
    const { config, names, account } = site;
    const bucket = new S3Bucket(this, 'bucket', {
      bucket: names.artifactsBucket(account, config.region),
      // A test stage is deleted as a whole; prod's library is not.
      forceDestroy: config.stage !== 'prod',
    });
    this.name = bucket.bucket;
    this.arn = bucket.arn;
    this.#closeToTheWorld();
    this.#encrypt();
    this.#keepVersions();
    this.#expire(config.jobRetentionDays);
  }

  #closeToTheWorld(): void {
    const block = new S3BucketPublicAccessBlock(this, 'no-public-access', {
      bucket: this.name,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'no-acls', {
      bucket: this.name,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    new S3BucketPolicy(this, 'tls-only', {
      bucket: this.name,
      policy: policy([
        {
          effect: 'Deny',
          principal: '*',
          actions: ['s3:*'],
          resources: [this.arn, `${this.arn}/*`],
          conditions: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]),
      // S3 rejects two simultaneous changes of a bucket's access.
      dependsOn: [block],
    });
  }

  #encrypt(): void {
    new S3BucketServerSideEncryptionConfigurationA(this, 'encrypted', {
      bucket: this.name,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
  }

  /** Protects chapters and bundles; artifacts of jobs can be made again, so old versions are deleted after a day. */
  #keepVersions(): void {
    new S3BucketVersioningA(this, 'versions', {
      bucket: this.name,
      versioningConfiguration: { status: 'Enabled' },
    });
  }

  #expire(jobDays: number): void {
    const status = 'Enabled';
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: this.name,
      rule: [
        {
          id: 'abandoned-jobs',
          status,
          filter: [{ prefix: 'jobs/' }],
          expiration: [{ days: jobDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
        },
        {
          id: 'unused-speech',
          status,
          filter: [{ prefix: speechMemoryPrefix }],
          expiration: [{ days: rememberedDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
        },
        {
          id: 'unused-replies',
          status,
          filter: [{ prefix: repliesPrefix }],
          expiration: [{ days: rememberedDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
        },
        {
          id: 'compared-thumbnails',
          status,
          filter: [{ prefix: comparedThumbnailsPrefix }],
          expiration: [{ days: comparedDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
        },
        ...[libraryPrefix, memoryPrefix, 'workers/'].map((prefix) => ({
          id: `old-versions-of-${prefix.slice(0, -1)}`,
          status,
          filter: [{ prefix }],
          noncurrentVersionExpiration: [{ noncurrentDays: recoveryDays }],
        })),
        {
          id: 'leftovers',
          status,
          filter: [{ prefix: '' }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 2 }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
      ],
    });
  }
}
