/** Compares this engine with recordings of AWS: status, output, error, cause and history. */

import {
  CreateStateMachineCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Json } from './json.ts';
import { faultsOf } from './testing/event-shapes.ts';
import { type RecordedCase, recordedCases } from './testing/recorded-cases.ts';
import { matchesRecorded } from './testing/recorded-match.ts';
import { type RecordedServices, recordedServices } from './testing/recorded-services.ts';
import { ended, eventTypes, rawHistory, role, type Served, serve } from './testing/served.ts';

const cases = recordedCases();
if (!cases) console.warn('skipped the recorded cases: their file is missing (ASL_CASES names it)');

(cases ? describe : describe.skip)('cases recorded on AWS', () => {
  let services: RecordedServices;
  let served: Served;
  /** Runs all cases concurrently, since some wait for seconds; each test then checks its own. */
  const results = new Map<string, Promise<string[]>>();

  beforeAll(async () => {
    services = await recordedServices();
    served = await serve({ endpoints: { lambda: services.url, sqs: services.url } });
    services.client = served.client;
    (cases ?? []).forEach((recorded, index) => {
      const result = differences(recorded, `case-${index}`);
      result.catch(() => {});
      results.set(recorded.id, result);
    });
  });

  afterAll(async () => {
    await services.close();
    await served.close();
  });

  async function createChildren({ machines = {} }: RecordedCase, name: string) {
    const created: Record<string, string> = {};
    for (const [index, definition] of Object.entries(machines)) {
      const command = {
        name: `${name}-child-${index}`,
        definition: JSON.stringify(definition),
        roleArn: role,
      };
      const { stateMachineArn } = await served.client.send(new CreateStateMachineCommand(command));
      created[index] = stateMachineArn ?? '';
    }
    return created;
  }

  async function runToEnd(
    { api }: RecordedCase,
    stateMachineArn: string | undefined,
    input: string | undefined,
  ) {
    const { client } = served;
    if (api === 'StartSyncExecution') {
      const execution = await client.send(new StartSyncExecutionCommand({ stateMachineArn, input }));
      return { executionArn: execution.executionArn, execution };
    }
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input }));
    return { executionArn, execution: await ended(client, executionArn) };
  }

  async function differences(recorded: RecordedCase, name: string): Promise<string[]> {
    const { client } = served;
    const fill = <T>(value: T): T => {
      let text = JSON.stringify(value);
      for (const [index, behaviour] of Object.entries(recorded.lambdas ?? {})) {
        services.functions.set(`${name}-${index}`, behaviour);
        text = text.replaceAll(
          `{{fnArn:${index}}}`,
          `arn:aws:lambda:us-east-1:123456789012:function:${name}-${index}`,
        );
        text = text.replaceAll(`{{fn:${index}}}`, `${name}-${index}`);
      }
      for (const [index, queue] of Object.entries(recorded.queues ?? {})) {
        services.queues.set(`${name}-${index}`, queue);
        text = text.replaceAll(`{{queueUrl:${index}}}`, `${services.url}/123456789012/${name}-${index}`);
      }
      return JSON.parse(text) as T;
    };
    const children = await createChildren(recorded, name);
    const fillAll = <T>(value: T): T => {
      let text = JSON.stringify(fill(value));
      for (const [index, arn] of Object.entries(children))
        text = text.replaceAll(`{{machineArn:${index}}}`, arn);
      return JSON.parse(text) as T;
    };
    const expected = fillAll(recorded.expect);
    const found: string[] = [];
    const compare = (what: string, wanted: Json | undefined, actual: Json | undefined) => {
      if (!matchesRecorded(wanted, actual))
        found.push(`${what}: ${JSON.stringify(actual)} is not ${JSON.stringify(wanted)}`);
    };
    const definition = JSON.stringify(fillAll(recorded.definition));
    const creation = client.send(
      new CreateStateMachineCommand({ name, definition, roleArn: role, type: recorded.type }),
    );
    if (expected.createError !== undefined) {
      const refusal = await creation.then(
        () => undefined,
        (error: Error) => error,
      );
      compare('refusal', expected.createError, refusal?.name);
      compare('message', expected.createMessage, refusal?.message);
      return found;
    }
    const { stateMachineArn } = await creation;
    const input = recorded.noInput ? undefined : JSON.stringify(fillAll(recorded.input));
    const { executionArn, execution } = await runToEnd(recorded, stateMachineArn, input);
    compare('status', expected.status, execution.status);
    compare('error', expected.error, execution.error);
    if (expected.output !== undefined)
      compare('output', expected.output, JSON.parse(execution.output ?? 'null') as Json);
    const { cause } = expected;
    compare('cause', typeof cause === 'object' ? JSON.stringify(cause) : cause, execution.cause);
    if (expected.events) {
      const { eventsIgnore = [], eventsOrder } = expected;
      const order = (types: string[]) => {
        const kept = types.filter((type) => !eventsIgnore.includes(type));
        return eventsOrder === 'any' ? kept.sort() : kept;
      };
      compare('events', order(expected.events), order(await eventTypes(client, executionArn)));
    }
    if (recorded.api === undefined && recorded.type !== 'EXPRESS')
      found.push(...faultsOf(await rawHistory(served.url, executionArn)));
    return found;
  }

  test.each((cases ?? []).map(({ group, id }) => [group, id.split('::').at(-1) ?? id, id]))(
    '%s: %s',
    async (_group, _title, id) => {
      expect(await results.get(id)).toEqual([]);
    },
    60_000,
  );
});
