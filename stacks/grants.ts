import type { Permission, Target } from '../config/permissions.ts';
import type { ResourceName } from '../config/variables.ts';
import type { WorkerName } from '../config/workers.ts';
import { channelSecret, mainChannel } from '../domain/channel.ts';
import type { Statement } from './constructs/policy.ts';
import { arn, type Site } from './site.ts';

/** IAM's view of the machines of a worker. */
export interface MachineGrant {
  roleArn: string;
  profileArn: string;
  securityGroupArn: string;
  subnetArns: readonly string[];
}

/** ARNs that permissions refer to. */
export interface Grounds {
  bucketArn: string;
  tables: Readonly<Record<'jobsTable' | 'countersTable' | 'chaptersTable', string>>;
  topicArn: string;
  workerLogGroupArn: string;
  machines: Readonly<Record<WorkerName, MachineGrant>>;
}

/** Returns the statements that grant the manifests' permissions on the resources of this stack, and nothing else. */
export function grant(site: Site, grounds: Grounds, permissions: readonly Permission[]): Statement[] {
  return permissions
    .filter(({ when }) => when?.(site.config) ?? true)
    .flatMap((permission) => statementsFor(site, grounds, permission));
}

const workersByTarget: Partial<Record<Target, WorkerName>> = {
  rendererLaunch: 'renderer',
  rendererInstances: 'renderer',
  rendererRole: 'renderer',
  uploaderLaunch: 'uploader',
  uploaderInstances: 'uploader',
  uploaderRole: 'uploader',
};

function statementsFor(site: Site, grounds: Grounds, { on, actions, keys }: Permission): Statement[] {
  const worker = workersByTarget[on];
  const instances = [arn(site, 'ec2', 'instance/*')];
  if (worker) {
    const { profileArn, roleArn } = grounds.machines[worker];
    if (on.endsWith('Launch')) return launchStatements(site, grounds.machines[worker], worker, actions);
    if (on.endsWith('Instances'))
      return [
        { actions, resources: instances, conditions: { ArnEquals: { 'ec2:InstanceProfile': profileArn } } },
      ];
    const onlyToEc2 = { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } };
    return [{ actions, resources: [roleArn], conditions: onlyToEc2 }];
  }
  if (on === 'bedrockModel') return [{ actions, resources: bedrockModelArns(site) }];
  if (on === 'executions')
    return [
      { actions, resources: machinesOf(site).map((name) => arn(site, 'states', `execution:${name}:*`)) },
    ];
  if (on === 'any') return [{ actions, resources: ['*'] }];
  if (on === 'artifactsBucket')
    return [{ actions, resources: [keys ? `${grounds.bucketArn}/${keys}` : grounds.bucketArn] }];
  if (on === 'youtubeSecret') return [{ actions, resources: youtubeSecretArns(site) }];
  return [{ actions, resources: [resourceArn(site, grounds, on as ResourceName)] }];
}

const machinesOf = ({ names, config }: Site) => [
  names.prefix,
  ...(config.canary === 'off' ? [] : [names.canary]),
];

/**
 * Returns the ARNs for calling a model. A model's ARN has no account. The id of an inference profile begins with its
 * geography, as in `eu.amazon.nova…`; calling it needs permission for the profile here and for the model in every region
 * to which the profile can route the call.
 */
function bedrockModelArns(site: Site): string[] {
  const { llmModel, region } = site.config;
  const [, profiled] = /^(?:us|us-gov|eu|apac|au|ca|jp|global)\.(.+)$/.exec(llmModel) ?? [];
  return profiled
    ? [
        arn(site, 'bedrock', `inference-profile/${llmModel}`),
        `arn:aws:bedrock:*::foundation-model/${profiled}`,
      ]
    : [`arn:aws:bedrock:${region}::foundation-model/${llmModel}`];
}

function resourceArn(site: Site, grounds: Grounds, name: ResourceName): string {
  switch (name) {
    case 'jobsTable':
    case 'countersTable':
    case 'chaptersTable':
      return grounds.tables[name];
    case 'machinesTable':
      return arn(site, 'dynamodb', `table/${site.names.machinesTable}`);
    case 'errorTopic':
      return grounds.topicArn;
    case 'workerLogs':
      return `${grounds.workerLogGroupArn}:*`;
    case 'llmSecret':
      return secretArn(site, site.names.secret('llm'));
    case 'voiceSecret':
      return secretArn(site, site.names.secret('voice'));
    case 'signingSecret':
      return secretArn(site, site.names.secret('signing'));
    default:
      throw new Error(`There is no IAM action for ${name}`);
  }
}

/** Secrets Manager appends a hyphen and six characters to the name. */
const secretArn = (site: Site, name: string) => arn(site, 'secretsmanager', `secret:${name}-??????`);

/** Returns the ARNs of the secrets of the stage's channels, and of no other. */
const youtubeSecretArns = (site: Site): string[] =>
  [mainChannel, ...Object.keys(site.config.channels)].map((channel) =>
    secretArn(site, channelSecret(site.names.secret('youtube'), channel)),
  );

/**
 * RunInstances is authorized for every part of a machine. Only our image, subnets and group, Spot, IMDSv2, the configured
 * instance types, encrypted disks, and the worker's instance profile are allowed, so that a launch gives no extra rights.
 */
function launchStatements(
  site: Site,
  { profileArn, securityGroupArn, subnetArns }: MachineGrant,
  worker: WorkerName,
  actions: readonly string[],
): Statement[] {
  const { config } = site;
  const types = config[`${worker}InstanceType`];
  const run = actions.filter((action) => action === 'ec2:RunInstances');
  const tag = actions.filter((action) => action !== 'ec2:RunInstances');
  const made = ['instance/*', 'volume/*'].map((kind) => arn(site, 'ec2', kind));
  return [
    {
      actions: run,
      resources: [arn(site, 'ec2', 'instance/*')],
      conditions: {
        ArnEquals: { 'ec2:InstanceProfile': profileArn },
        StringEquals: {
          'ec2:InstanceMarketType': 'spot',
          'ec2:InstanceType': types,
          'ec2:MetadataHttpTokens': 'required',
          'aws:RequestTag/manga-pipeline:worker': worker,
        },
      },
    },
    {
      actions: run,
      resources: [
        `arn:aws:ec2:${config.region}::image/${config.workerAmi}`,
        securityGroupArn,
        ...subnetArns,
        ...['network-interface/*', 'spot-instances-request/*'].map((kind) => arn(site, 'ec2', kind)),
      ],
    },
    {
      actions: run,
      resources: [arn(site, 'ec2', 'volume/*')],
      conditions: { Bool: { 'ec2:Encrypted': 'true' } },
    },
    { actions: tag, resources: made, conditions: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } } },
  ];
}
