import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
import { Construct } from 'constructs';
import { PrivateBucket } from './constructs/private-bucket.ts';
import type { Site } from './site.ts';

const keyOf = { jobsTable: 'job_id', countersTable: 'date', chaptersTable: 'chapter_id' } as const;

/** The artifacts bucket, the three tables, and that of machines where they stay after a task. */
export class Storage extends Construct {
  readonly bucket: PrivateBucket;
  readonly tables: Readonly<Record<keyof typeof keyOf, DynamodbTable>>;
  readonly machinesTable: DynamodbTable | undefined;

  constructor(scope: Construct, site: Site) {
    super(scope, 'storage');
    this.bucket = new PrivateBucket(this, 'artifacts', site);
    this.tables = {
      jobsTable: this.#createTable(site, 'jobsTable'),
      countersTable: this.#createTable(site, 'countersTable'),
      chaptersTable: this.#createTable(site, 'chaptersTable'),
    };
    this.machinesTable = site.config.workerIdleMinutes > 0 ? this.#createMachinesTable(site) : undefined;
  }

  /** Its items last no longer than machines. */
  #createMachinesTable({ names }: Site): DynamodbTable {
    return new DynamodbTable(this, 'machinesTable', {
      name: names.machinesTable,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'instance_id',
      attribute: [{ name: 'instance_id', type: 'S' }],
      serverSideEncryption: { enabled: true },
    });
  }

  #createTable({ config, names }: Site, name: keyof typeof keyOf): DynamodbTable {
    const key = keyOf[name];
    return new DynamodbTable(this, name, {
      name: names[name],
      billingMode: 'PAY_PER_REQUEST',
      hashKey: key,
      attribute: [{ name: key, type: 'S' }],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      // The chapters table keeps a chapter from being published twice.
      deletionProtectionEnabled: config.stage === 'prod',
    });
  }
}
