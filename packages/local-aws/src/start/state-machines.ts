import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StatesService } from 'step-functions-local';
import { stateMachineArn } from '../account.ts';
import type { CloudOptions } from '../cloud-options.ts';
import { deployStateMachine } from '../deploy.ts';
import type { Deployment } from '../deployment.ts';
import type { EventBus } from '../events/bus.ts';
import { startSchedule } from '../events/schedule.ts';
import { callJson } from '../wire.ts';
import type { CloudContext } from './context.ts';

/** Services of the cloud that tasks can call, by the names of their clients in the AWS SDK. */
const servedClients = 'lambda sqs sns dynamodb s3 eventbridge ec2 secrets-manager sts sfn'.split(' ');

export interface StateMachines {
  history: StatesService['history'];
  /** Creates or updates all state machines. */
  deploy(placeholders: Deployment['placeholders']): Promise<void>;
}

/** Starts Step Functions, whose executions of an earlier run continue immediately. */
export async function startStateMachines(
  context: CloudContext,
  options: CloudOptions,
  bus: EventBus,
): Promise<StateMachines> {
  const { account, clock, directory, endpoint, observer } = context;
  const { createStatesService } = await import('step-functions-local');
  const { acceptDefinition } = await import('step-functions-local/definition');
  const states = await createStatesService({
    directory: join(directory, 'states'),
    accountId: account.id,
    region: account.region,
    endpoints: Object.fromEntries(servedClients.map((client) => [client, endpoint])),
    placeholders: options.placeholders ?? {},
    clock,
    onEvent: observer.executionEvent,
    onStatusChange: (detail) =>
      bus.publish({
        source: 'aws.states',
        detailType: 'Step Functions Execution Status Change',
        detail,
        resources: [detail.executionArn],
      }),
  });
  context.defer(() => {
    context.withdraw('states');
    return states.close();
  });
  context.serve('states', states);
  const fill = options.fillPlaceholders ?? acceptDefinition;
  return {
    history: states.history,
    async deploy(placeholders) {
      for (const { name, file } of options.stateMachines ?? []) {
        const definition = fill(await readFile(file, 'utf8'), placeholders);
        await deployStateMachine({ endpoint, region: account.region }, name, definition);
      }
    },
  };
}

/** Starts state machines at their times of day. Returns a function that ends this. */
export function startSchedules(
  { account, clock, endpoint, observer }: CloudContext,
  schedules: CloudOptions['schedules'] = [],
): () => void {
  const target = { endpoint, region: account.region };
  const ends = schedules.map(({ stateMachine, ...schedule }) => {
    const input = { stateMachineArn: stateMachineArn(stateMachine, account) };
    const start = () => callJson(target, 'states', 'StartExecution', input);
    return startSchedule({ schedule, clock, start, log: observer.logged });
  });
  return () => {
    for (const end of ends) end();
  };
}
