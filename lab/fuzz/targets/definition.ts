import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseHistory } from 'step-functions-local';
import { parseDefinition } from 'step-functions-local/definition';
import { mutated } from '../mutate.ts';
import { refusedBy, type Target, target } from '../target.ts';

const words = [
  ...['$', '$.a', '$$', '..', '[?(@.a==1)]', '[0,1]', '[-1:]', "['a']", '*', '$.a[(@.length-1)]', '{% $x %}'],
  ...[
    'States.Format(',
    "'{}'",
    'States.MathAdd(',
    'States.JsonToString(',
    'States.Array(',
    ')',
    ',',
    '\\',
    "'",
    '(',
  ],
] as const;
/** Valid and invalid paths and intrinsic functions. */
const expression = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join(''));

const state = fc.record({
  Type: fc.constantFrom('Pass', 'Task', 'Choice', 'Wait', 'Map', 'Parallel', 'Succeed', 'Fail', 'Odd'),
  InputPath: expression,
  ResultPath: expression,
  Parameters: fc.record({ 'a.$': expression, b: fc.anything({ maxDepth: 2 }) }),
  Assign: fc.record({ 'a.$': expression }),
  Choices: fc.array(fc.record({ Variable: expression, StringMatches: fc.string(), Next: fc.constant('A') })),
  Resource: fc.constantFrom('arn:aws:states:::lambda:invoke', 'arn:aws:states:::x:y', ''),
  TimestampPath: expression,
  Next: fc.constantFrom('A', 'B', ''),
  End: fc.boolean(),
});
const made = fc
  .record({ StartAt: fc.constant('A'), States: fc.record({ A: state }) })
  .map((one) => JSON.stringify(one));

const history = JSON.stringify({
  events: [
    {
      id: 1,
      previousEventId: 0,
      timestamp: 1770458400.1,
      type: 'ExecutionStarted',
      executionStartedEventDetails: { input: '{}', roleArn: 'arn:aws:iam::123456789012:role/a' },
    },
    {
      id: 2,
      previousEventId: 1,
      timestamp: '2026-02-07T10:00:00Z',
      type: 'PassStateEntered',
      stateEnteredEventDetails: { name: 'A', input: '{"a":1}' },
    },
    {
      id: 3,
      previousEventId: 2,
      timestamp: 1770458401,
      type: 'ExecutionSucceeded',
      executionSucceededEventDetails: { output: '{}' },
    },
  ],
});

/** Attacks the local Step Functions with state machines and recorded executions. */
export async function definition(): Promise<Target> {
  const flow = await readFile(join(import.meta.dirname, '../../../asl/pipeline.asl.json'));
  const tokens = ['"', '{', '}', '[', '$.', '${x}', '1e999', '"Next":"X",', '"Type":', '\\u0000'];
  return target(
    fc.record({
      machine: fc.oneof(
        mutated([flow], tokens).map((bytes) => bytes.toString('utf8')),
        made,
        fc.json({ maxDepth: 4 }),
      ),
      recorded: mutated([Buffer.from(history)], tokens).map((bytes) => bytes.toString('utf8')),
    }),
    async ({ machine, recorded }) => {
      await refusedBy(['InvalidDefinition'], () => parseDefinition(machine));
      await refusedBy(['BadHistory'], () => parseHistory(recorded));
    },
  );
}
