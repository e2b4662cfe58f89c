import { extname } from 'node:path';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role/index.js';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { Construct } from 'constructs';
import { shardsOnFunctions } from '../config/functions.ts';
import { bootPermissions, type WorkerName, workers } from '../config/workers.ts';
import { bundleAsset } from './constructs/asset.ts';
import { PublicNetwork } from './constructs/network.ts';
import { ServiceRole } from './constructs/role.ts';
import { type Grounds, grant, type MachineGrant } from './grants.ts';
import { arn, type Site } from './site.ts';
import type { Storage } from './storage.ts';

/** The location and hash of a worker's code. */
export interface WorkerBundle {
  url: string;
  sha256: string;
}

const workerNames = Object.keys(workers) as WorkerName[];
const forEachWorker = <T>(make: (name: WorkerName) => T) =>
  Object.fromEntries(workerNames.map((name) => [name, make(name)])) as Record<WorkerName, T>;

/** Resources that a machine needs before it is launched: network, instance profile, code, and a log group. */
export class Workers extends Construct {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly logGroup: CloudwatchLogGroup;
  readonly machines: Readonly<Record<WorkerName, MachineGrant>>;
  readonly bundles: Readonly<Record<WorkerName, WorkerBundle>>;
  /** The FFmpeg of the functions' layer, for machines; undefined where no function renders. */
  readonly ffmpeg: WorkerBundle | undefined;

  constructor(scope: Construct, site: Site, storage: Storage, topicArn: string) {
    super(scope, 'workers');
    const { config, names } = site;
    if (config.createSpotRole)
      new IamServiceLinkedRole(this, 'spot-role', { awsServiceName: 'spot.amazonaws.com' });
    const network =
      config.vpcId && config.subnetIds
        ? { vpcId: config.vpcId, subnetIds: config.subnetIds }
        : new PublicNetwork(this, 'network', site);
    this.subnetIds = network.subnetIds;
    const group = this.#createSecurityGroup(site, network.vpcId);
    this.securityGroupId = group.id;
    this.logGroup = new CloudwatchLogGroup(this, 'logs', {
      name: names.workerLogs,
      retentionInDays: config.logRetentionDays,
    });
    this.machines = forEachWorker((name) => this.#nameMachine(site, name, group));
    const grounds: Grounds = {
      bucketArn: storage.bucket.arn,
      tables: {
        jobsTable: storage.tables.jobsTable.arn,
        countersTable: storage.tables.countersTable.arn,
        chaptersTable: storage.tables.chaptersTable.arn,
      },
      topicArn,
      workerLogGroupArn: this.logGroup.arn,
      machines: this.machines,
    };
    for (const name of workerNames) this.#createProfile(site, name, grounds);
    this.bundles = forEachWorker((name) =>
      this.#upload(site, storage, {
        id: name,
        worker: name,
        file: `workers/${name}-${config.architecture}.tgz`,
      }),
    );
    this.ffmpeg = shardsOnFunctions(config)
      ? this.#upload(site, storage, {
          ...{ id: 'ffmpeg', worker: 'renderer', file: `layers/ffmpeg-${config.architecture}.gz` },
        })
      : undefined;
    this.grounds = grounds;
  }

  readonly grounds: Grounds;

  /** No inbound traffic; a worker calls APIs over TLS; DNS and time come from the hypervisor. */
  #createSecurityGroup({ names }: Site, vpcId: string): SecurityGroup {
    const group = new SecurityGroup(this, 'group', {
      name: names.named('workers'),
      description: 'Machines of the pipeline: nothing in, HTTPS out',
      vpcId,
      tags: { Name: names.named('workers') },
    });
    new VpcSecurityGroupEgressRule(this, 'https', {
      securityGroupId: group.id,
      description: 'AWS, YouTube and the voices',
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIpv4: '0.0.0.0/0',
    });
    return group;
  }

  /** Uses names instead of references, because the role's own policy is made from these. */
  #nameMachine(site: Site, name: WorkerName, group: SecurityGroup): MachineGrant {
    const iam = (rest: string) => `arn:aws:iam::${site.account}:${rest}`;
    return {
      roleArn: iam(`role/${site.names.named(name)}`),
      profileArn: iam(`instance-profile/${site.names.named(name)}`),
      securityGroupArn: group.arn,
      subnetArns: this.subnetIds.map((id) => arn(site, 'ec2', `subnet/${id}`)),
    };
  }

  #createProfile(site: Site, name: WorkerName, grounds: Grounds): void {
    const role = new ServiceRole(this, `${name}-role`, site, {
      name,
      description: workers[name].purpose,
      service: 'ec2',
      statements: grant(site, grounds, [...workers[name].permissions, ...bootPermissions(name)]),
    });
    new IamInstanceProfile(this, `${name}-profile`, { name: site.names.named(name), role: role.name });
  }

  /**
   * Stored under its hash: a machine that boots during a deployment still finds the code that its task names, if need be among
   * the deleted versions of the bucket.
   */
  #upload(
    site: Site,
    storage: Storage,
    { id, worker, file }: { id: string; worker: WorkerName; file: string },
  ): WorkerBundle {
    const { path, sha256 } = bundleAsset(this, `${id}-bundle`, site, file);
    const hash = sha256.toString('hex');
    const key = `workers/${worker}/${hash}${extname(file)}`;
    new S3Object(this, `${id}-code`, {
      bucket: storage.bucket.name,
      key,
      source: path,
      sourceHash: hash,
      contentType: 'application/gzip',
      lifecycle: { createBeforeDestroy: true },
    });
    return { url: `s3://${storage.bucket.name}/${key}`, sha256: hash };
  }
}
