/** Properties of all machines: they end as specified, wherever they are interrupted, with a consistent history. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sfn from '@aws-sdk/client-sfn';
import fc from 'fast-check';
import { parseDefinition } from './definition/parse.ts';
import { InvalidDefinition } from './definition/problems.ts';
import { evaluate, parseExpression } from './expression.ts';
import type { Json } from './json.ts';
import { faultsOf } from './testing/event-shapes.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { definitionOf, type Expected, expectedOutcome, randomSteps } from './testing/random-machines.ts';
import { ended, rawHistory, role, type Served, serve, sleep } from './testing/served.ts';

// Uses a fixed seed, so that a build does not fail by chance. RUNS=5000 SEED=7 searches for more.
const { RUNS, SEED } = process.env;
fc.configureGlobal({ seed: Number(SEED ?? 20_261_125) });
const runs = (usual: number) => ({ numRuns: Number(RUNS ?? usual) });

async function start({ client }: Served, definition: object, input: Json) {
  const command = { name: crypto.randomUUID(), definition: JSON.stringify(definition), roleArn: role };
  const { stateMachineArn } = await client.send(new sfn.CreateStateMachineCommand(command));
  const started = await client.send(
    new sfn.StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return started.executionArn;
}

async function history({ client }: Served, executionArn: string | undefined) {
  const all: sfn.HistoryEvent[] = [];
  for await (const page of sfn.paginateGetExecutionHistory({ client }, { executionArn }))
    all.push(...(page.events ?? []));
  return all;
}

function expectOutcome(execution: sfn.DescribeExecutionCommandOutput, expected: Expected): void {
  const { output, error } = execution;
  if ('errors' in expected) expect(expected.errors).toContain(error);
  else expect({ error, output: JSON.parse(output ?? 'null') as Json }).toEqual({ output: expected.output });
}

/** Checks the properties that every history has. */
function expectSound(events: readonly sfn.HistoryEvent[]): void {
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  const times = events.map(({ timestamp }) => timestamp?.getTime() ?? 0);
  expect(times).toEqual(times.toSorted((left, right) => left - right));
  for (const { id = 0, previousEventId = 0 } of events.slice(1)) expect(previousEventId).toBeLessThan(id);
  const types = events.map(({ type = '' }) => String(type));
  expect(types[0]).toBe('ExecutionStarted');
  expect(types.filter((type) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type))).toEqual([
    types.at(-1),
  ]);
  const count = (pattern: RegExp) => types.filter((type) => pattern.test(type)).length;
  if (types.at(-1) === 'ExecutionSucceeded') {
    // Only failed states have no exit event.
    expect(count(/StateEntered$/)).toBe(count(/StateExited$/) + count(/^FailStateEntered$/));
    expect(count(/^MapIterationStarted$/)).toBe(count(/^MapIteration(Succeeded|Failed|Aborted)$/));
    expect(count(/^MapRunStarted$/)).toBe(count(/^MapRun(Succeeded|Failed|Aborted)$/));
  }
}

const input = fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

test('any machine ends as specified, with a consistent history', async () => {
  const served = await serve();
  await fc.assert(
    fc.asyncProperty(randomSteps(false), input, async (steps, given) => {
      const executionArn = await start(served, definitionOf(steps), given);
      const execution = await ended(served.client, executionArn);
      expectOutcome(execution, expectedOutcome(steps, given));
      expectSound(await history(served, executionArn));
      expect(faultsOf(await rawHistory(served.url, executionArn))).toEqual([]);
    }),
    runs(150),
  );
  await served.close();
}, 600_000);

test('any machine ends the same when it is stopped and restarted at each wait', async () => {
  await fc.assert(
    fc.asyncProperty(randomSteps(true), input, async (steps, given) => {
      const directory = mkdtempSync(join(tmpdir(), 'states-property-'));
      const clock = new ManualClock();
      let served = await serve({ directory, clock });
      const executionArn = await start(served, definitionOf(steps), given);
      const status = async () =>
        (await served.client.send(new sfn.DescribeExecutionCommand({ executionArn }))).status;
      for (let round = 0; round < 40 && (await status()) === 'RUNNING'; round += 1) {
        await sleep(round % 4);
        await served.close();
        served = await serve({ directory, clock });
        clock.advance(1);
      }
      const execution = await ended(served.client, executionArn);
      expectOutcome(execution, expectedOutcome(steps, given));
      expectSound(await history(served, executionArn));
      await served.close();
      rmSync(directory, { recursive: true });
    }),
    runs(40),
  );
}, 600_000);

describe('definitions', () => {
  const refusal = (text: string): InvalidDefinition | undefined => {
    try {
      parseDefinition(text);
      return undefined;
    } catch (error) {
      if (error instanceof InvalidDefinition) return error;
      throw error;
    }
  };

  test('of random machines are accepted', () => {
    fc.assert(
      fc.property(randomSteps(true), (steps) => {
        expect(refusal(JSON.stringify(definitionOf(steps)))?.message).toBeUndefined();
      }),
    );
  });

  test('that are damaged are accepted, or refused with a place in their text', () => {
    const damaged = fc
      .tuple(randomSteps(true), fc.nat(), fc.nat(20), fc.string({ maxLength: 3 }))
      .map(([steps, at, length, insert]) => {
        const text = JSON.stringify(definitionOf(steps), null, 2);
        const from = at % text.length;
        return text.slice(0, from) + insert + text.slice(from + length);
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.json()), (text) => {
        const lines = text.split('\n').length;
        for (const { line = 0, column = 0 } of refusal(text)?.problems ?? []) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      runs(500),
    );
  });
});

describe('intrinsic functions', () => {
  const call = (text: string, data: Json): Json =>
    evaluate(parseExpression(text), {
      input: data,
      context: () => ({}),
      variable: () => undefined,
      variables: () => ({}),
    });
  const value = fc.jsonValue().map((made) => JSON.parse(JSON.stringify(made)) as Json);

  test('invert each other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), value, (text, any) => {
        expect(call('States.Base64Decode(States.Base64Encode($))', text)).toBe(text);
        expect(call('States.StringToJson(States.JsonToString($))', any)).toEqual(any);
      }),
    );
  });

  test('partition lists without losing elements', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.integer({ min: 1, max: 9 }), (list, n) => {
        const parts = call('States.ArrayPartition($.list, $.n)', { list, n }) as number[][];
        expect(parts.flat()).toEqual(list);
        expect(parts.slice(0, -1).every((part) => part.length === n)).toBe(true);
        expect(call('States.ArrayLength($.list)', { list })).toBe(list.length);
        expect(new Set(call('States.ArrayUnique($.list)', { list }) as number[])).toEqual(new Set(list));
      }),
    );
  });
});
