import { readFileSync } from 'node:fs';
import { definitionLines } from './definition-lines.ts';

const flow = readFileSync(new URL('../../../asl/pipeline.asl.json', import.meta.url), 'utf8');

interface States {
  [name: string]: { ItemProcessor?: { States: States } };
}

/** Returns the names of all states in their order, those inside a Map after its name. */
const namesOf = (states: States): string[] =>
  Object.entries(states).flatMap(([name, { ItemProcessor }]) => [
    name,
    ...namesOf(ItemProcessor?.States ?? {}),
  ]);

test('the lines are the indented definition', () => {
  const text = definitionLines(JSON.stringify(JSON.parse(flow)))
    .map((line) => line.text)
    .join('\n');
  expect(text).toBe(JSON.stringify(JSON.parse(flow), null, 2));
});

test('every state begins once, and lines lead to states only', () => {
  const lines = definitionLines(flow);
  const begun = lines.flatMap(({ begins }) => begins ?? []);
  expect(begun).toEqual(namesOf(JSON.parse(flow).States));
  const targets = lines.flatMap(({ leadsTo }) => leadsTo ?? []);
  expect(new Set(targets)).toEqual(new Set(targets.filter((target) => begun.includes(target))));
  expect(targets).toContain('HandleError');
});

test('states inside a Map have their lines, and data that looks like states does not', () => {
  const definition = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Inner',
          States: { Inner: { Type: 'Pass', Next: 'Last' }, Last: { Type: 'Succeed' } },
        },
        Next: 'Data',
      },
      Data: { Type: 'Pass', Result: { States: { Fake: { Next: 'Each' } }, Next: 'Each' }, End: true },
    },
  };
  const lines = definitionLines(JSON.stringify(definition));
  expect(lines.flatMap(({ begins }) => begins ?? [])).toEqual(['Each', 'Inner', 'Last', 'Data']);
  expect(lines.flatMap(({ leadsTo }) => leadsTo ?? [])).toEqual(['Each', 'Inner', 'Last', 'Data']);
  expect(lines.find(({ leadsTo }) => leadsTo === 'Last')?.within).toBe('Inner');
  expect(lines.find(({ leadsTo }) => leadsTo === 'Data')?.within).toBe('Each');
});
