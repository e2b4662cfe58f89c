import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { LambdaAlias } from '@cdktf/provider-aws/lib/lambda-alias/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { Construct } from 'constructs';
import {
  aliasDescription,
  canaryAlias,
  type FunctionEntry,
  type FunctionName,
  liveAlias,
} from '../../config/functions.ts';
import { storedSchema } from '../../domain/stored-schema.ts';
import { type Grounds, grant } from '../grants.ts';
import type { Site } from '../site.ts';
import { bundleAsset } from './asset.ts';
import type { Statement } from './policy.ts';
import { ServiceRole } from './role.ts';

interface FunctionOptions {
  name: FunctionName;
  entry: FunctionEntry;
  environment: Readonly<Record<string, string>>;
  layers: readonly string[];
  grounds: Grounds;
}

/** Supported by the pinned provider since 6.20; the same major version as on the developer's machine. */
const runtime = 'nodejs24.x';

/** One function, as its manifest entry describes it, with the alias that everything calls. */
export class PipelineFunction extends Construct {
  /** ARN of the alias. */
  readonly arn: string;
  /** ARN of the alias of the versions that are tried, in a stage with `canary`. */
  readonly canaryArn?: string;
  readonly name: string;
  readonly logs: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, site: Site, options: FunctionOptions) {
    super(scope, id);
    this.logs = this.#createLogGroup(site, options);
    const role = this.#createRole(site, options, this.logs);
    const made = this.#createFunction(site, options, role, this.logs);
    this.name = made.functionName;
    const isTried = site.config.canary === 'one-job';
    this.arn = this.#createAlias(liveAlias, made, isTried);
    if (isTried) this.canaryArn = this.#createAlias(canaryAlias, made, false);
  }

  /** With `isKept` the alias keeps its version: the job that tries the newest one decides. */
  #createAlias(name: string, made: LambdaFunction, isKept: boolean): string {
    return new LambdaAlias(this, name, {
      name,
      description: aliasDescription(storedSchema),
      functionName: made.functionName,
      functionVersion: made.version,
      ...(isKept && { lifecycle: { ignoreChanges: ['function_version'] } }),
    }).arn;
  }

  #createLogGroup({ names, config }: Site, { name }: FunctionOptions): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, 'logs', {
      name: names.functionLogs(name),
      retentionInDays: config.logRetentionDays,
    });
  }

  #createRole(site: Site, { name, entry, grounds }: FunctionOptions, logs: CloudwatchLogGroup): ServiceRole {
    const own: Statement[] = [
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${logs.arn}:*`] },
      // X-Ray has no resource-level permissions.
      { actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] },
    ];
    return new ServiceRole(this, 'role', site, {
      name,
      description: entry.purpose,
      service: 'lambda',
      statements: [...grant(site, grounds, entry.permissions), ...own],
    });
  }

  #createFunction(
    site: Site,
    { name, entry, environment, layers }: FunctionOptions,
    role: ServiceRole,
    logs: CloudwatchLogGroup,
  ): LambdaFunction {
    const { config, names } = site;
    const { path, sha256 } = bundleAsset(this, 'bundle', site, `functions/${name}.zip`);
    const set = Object.entries(environment).filter(([, value]) => value !== '');
    return new LambdaFunction(this, 'function', {
      functionName: names.functions[name],
      description: entry.purpose,
      role: role.arn,
      runtime,
      // Versions are kept, with their environment, until the function is deleted.
      publish: true,
      architectures: [config.architecture],
      handler: 'index.handler',
      filename: path,
      sourceCodeHash: sha256.toString('base64'),
      layers: [...layers],
      memorySize: entry.memory,
      timeout: entry.timeout,
      ...(entry.storage !== undefined && { ephemeralStorage: { size: entry.storage } }),
      environment: { variables: Object.fromEntries(set) },
      tracingConfig: { mode: 'Active' },
      // Lambda's own lines are also JSON, and take their level from the same field as ours.
      loggingConfig: {
        logFormat: 'JSON',
        applicationLogLevel: 'INFO',
        systemLogLevel: 'INFO',
        logGroup: logs.name,
      },
      ...(config.reserveConcurrency &&
        entry.concurrency !== undefined && { reservedConcurrentExecutions: entry.concurrency(config) }),
      dependsOn: [role.policy],
    });
  }
}
