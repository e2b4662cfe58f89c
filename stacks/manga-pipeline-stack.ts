import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Deployment } from '../config/deployment.ts';
import { Budget } from './budget.ts';
import { missingFor } from './deployment.ts';
import { Functions } from './functions.ts';
import { namesOf } from './names.ts';
import { Notifications } from './notifications.ts';
import { Observability } from './observability.ts';
import { Pipeline } from './pipeline.ts';
import { Secrets } from './secrets.ts';
import type { Site } from './site.ts';
import { Storage } from './storage.ts';
import { Workers } from './workers.ts';

/** A lock file needs both actions. */
const terraformVersion = '>= 1.10';

/** The stack of one stage. `flow` is the state machine's definition, with its placeholders. */
export class MangaPipelineStack extends TerraformStack {
  constructor(scope: Construct, config: Deployment, dist: string, flow: string) {
    const names = namesOf(config.stage);
    super(scope, names.prefix);
    this.addOverride('terraform.required_version', terraformVersion);
    this.#createProvider(config);
    this.#createBackend(config);
    const { accountId } = new DataAwsCallerIdentity(this, 'account');
    const site: Site = { config, names, account: accountId, dist };

    const { topicArn } = new Notifications(this, site);
    new Budget(this, site, topicArn);
    new Secrets(this, site);
    const storage = new Storage(this, site);
    const workers = new Workers(this, site, storage, topicArn);
    const functions = new Functions(this, site, storage, workers, topicArn);
    const scheduled = config.scheduleEnabled && missingFor(config).length === 0;
    const pipeline = new Pipeline(this, site, functions, flow, scheduled);
    const { dashboardName } = new Observability(this, site, topicArn, { pipeline, functions, workers });

    this.#say('state_machine', 'The state machine that runs the day', pipeline.stateMachine.arn);
    this.#say('library', 'The place for chapters', `s3://${storage.bucket.name}/library/`);
    this.#say('dashboard', 'Videos, durations, cost', this.#consoleUrl(config, dashboardName));
    this.#say('schedule', 'The start of the day', this.#describeSchedule(config, scheduled));
    this.#say('dead_letters', 'The queue of undelivered events', pipeline.deadLetters.url);
  }

  #createProvider({ region, account, stage }: Deployment): void {
    new AwsProvider(this, 'aws', {
      region,
      ...(account && { allowedAccountIds: [account] }),
      defaultTags: [{ tags: { 'manga-pipeline:stage': stage } }],
    });
  }

  /** Declared explicitly: the default is a file at an absolute path of this machine. */
  #createBackend({ state, stage, region }: Deployment): void {
    const backend = new S3Backend(this, {
      bucket: state.bucket,
      key: `manga-pipeline/${stage}.tfstate`,
      region: state.region ?? region,
      encrypt: true,
      ...(state.lock === 'table' && { dynamodbTable: state.lockTable }),
    });
    // Newer than the type in cdktf's last release.
    if (state.lock === 'file') backend.addOverride('use_lockfile', true);
  }

  #say(id: string, description: string, value: string): void {
    new TerraformOutput(this, id, { description, value });
  }

  #consoleUrl({ region }: Deployment, dashboard: string): string {
    return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard}`;
  }

  #describeSchedule(config: Deployment, scheduled: boolean): string {
    if (scheduled) return `${config.scheduleTime} ${config.scheduleTimezone}`;
    return `off: ${missingFor(config).join('; ') || 'scheduleEnabled is false'}`;
  }
}
