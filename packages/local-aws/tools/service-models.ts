/**
 * Run by hand: writes `src/data/` from the service models of a botocore, whose folder `data` it is given:
 *
 *   node packages/local-aws/tools/service-models.ts /usr/lib/python3/dist-packages/botocore/data
 *
 * No npm package has them with patterns and lengths; Debian's python3-botocore does (Apache-2.0). Kept are the
 * operations below and the shapes that they reach, without documentation.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model, Operation, Reference, Shape } from '../src/conformance/model.ts';

const everyOperation = /./;
/** Kept operations by signing name of the service and its folder in botocore. */
const kept: readonly [service: string, folder: string, operations: RegExp][] = [
  ['states', 'stepfunctions/2016-11-23', everyOperation],
  ['secretsmanager', 'secretsmanager/2017-10-17', everyOperation],
  ['servicequotas', 'service-quotas/2019-06-24', /^(Get|RequestServiceQuotaIncrease$|ListRequested)/],
  [
    'dynamodb',
    'dynamodb/2012-08-10',
    /^((Get|Put|Update|Delete)Item|Query|Scan|Batch(Get|Write)Item|(Create|Delete|Describe|Update)Table|ListTables|DescribeTimeToLive|(Unt|T)agResource|ListTagsOfResource|RestoreTableToPointInTime|DescribeContinuousBackups)$/,
  ],
  [
    'lambda',
    'lambda/2015-03-31',
    /^(Invoke|GetFunction(Configuration)?|UpdateFunction(Code|Configuration)|ListFunctions|ListLayers|PublishVersion|(Create|Get|List|Update|Delete)Alias(es)?|ListVersionsByFunction)$/,
  ],
  ['events', 'events/2015-10-07', /^PutEvents$/],
  [
    'sns',
    'sns/2010-03-31',
    /^(CreateTopic|ListTopics|Publish(Batch)?|Subscribe|ListSubscriptions(ByTopic)?)$/,
  ],
  ['sts', 'sts/2011-06-15', /^(GetCallerIdentity|AssumeRole)$/],
  ['iam', 'iam/2010-05-08', /^(GetRole(Policy)?|CreateServiceLinkedRole)$/],
  [
    'ec2',
    'ec2/2016-11-15',
    /^((Run|Terminate|Describe)Instances|CreateTags|DescribeSpotInstanceRequests|DescribeImages|DescribeRegions)$/,
  ],
  [
    's3',
    's3/2006-03-01',
    /^((Get|Put|Head|Copy|Delete)Objects?|(Create|Head|Delete)Bucket|(Get|Put)BucketVersioning|PutBucketEncryption|PutPublicAccessBlock|List(Buckets|Objects|ObjectsV2|ObjectVersions|Parts|MultipartUploads)|(Create|Complete|Abort)MultipartUpload|UploadPart(Copy)?)$/,
  ],
];

interface Source extends Omit<Model, 'operations' | 'shapes'> {
  operations: Record<string, Omit<Operation, 'errors'> & { errors?: { shape: string }[] }>;
  shapes: Record<string, Shape & { error?: { code?: string } }>;
}

const facts = ['protocol', 'targetPrefix', 'apiVersion', 'serviceId'];
const wordless = (key: string, value: unknown) =>
  ['documentation', 'documentationUrl', 'examples', 'deprecatedMessage'].includes(key) ? undefined : value;

function trimmed(source: Source, operations: RegExp): Model {
  const chosen = Object.entries(source.operations).filter(([name]) => operations.test(name));
  const reached = new Map<string, Shape>();
  const reach = (reference: Reference | undefined): void => {
    const shape = reference && source.shapes[reference.shape];
    if (!shape || reached.has(reference.shape)) return;
    reached.set(reference.shape, shape);
    for (const one of [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value])
      reach(one);
  };
  for (const [, { input, output }] of chosen) for (const one of [input, output]) reach(one);
  return {
    metadata: Object.fromEntries(
      Object.entries(source.metadata).filter(([name]) => facts.includes(name)),
    ) as Model['metadata'],
    operations: Object.fromEntries(
      chosen.map(([name, { http, input, output, errors = [] }]) => {
        const codes = errors.map(({ shape }) => source.shapes[shape]?.error?.code ?? shape);
        return [name, { http, ...(input && { input }), ...(output && { output }), errors: codes.sort() }];
      }),
    ),
    shapes: Object.fromEntries([...reached].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** Returns JSON with one line for each operation and shape, which a diff can show. */
function lines({ metadata, operations, shapes }: Model): string {
  const each = (all: object) =>
    Object.entries(all).map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one, wordless)}`);
  const group = (name: string, all: object) => `"${name}":{\n${each(all).join(',\n')}\n}`;
  return `{"metadata":${JSON.stringify(metadata)},\n${group('operations', operations)},\n${group('shapes', shapes)}}\n`;
}

const [data = ''] = process.argv.slice(2);
const target = join(import.meta.dirname, '../src/data');
for (const name of readdirSync(target).filter((one) => one.endsWith('.json'))) rmSync(join(target, name));
for (const [service, folder, operations] of kept) {
  const source = JSON.parse(readFileSync(join(data, folder, 'service-2.json'), 'utf8')) as Source;
  const text = lines(trimmed(source, operations));
  writeFileSync(join(target, `${service}.json`), text);
  console.log(`${service}.json: ${text.length} bytes`);
}
