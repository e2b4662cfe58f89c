import { readFile } from 'node:fs/promises';
import { aslGraph } from './asl-graph.ts';
import { drawGraph } from './layout.ts';

const pipeline = await readFile(new URL('../../../asl/pipeline.asl.json', import.meta.url), 'utf8');
const nested = JSON.stringify({
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
        {
          StartAt: 'Each',
          States: {
            Each: {
              Type: 'Map',
              ItemProcessor: { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } },
              End: true,
            },
          },
        },
      ],
      Next: 'Ask',
    },
    Ask: {
      Type: 'Choice',
      Choices: [
        {
          And: [{ Variable: '$.a', NumericGreaterThan: 3 }, { Not: { Variable: '$.b', IsPresent: true } }],
          Next: 'Done',
        },
        { Condition: '{% $states.input.c = 1 %}', Next: 'Done' },
      ],
      Default: 'Both',
    },
    Done: { Type: 'Succeed' },
  },
});

test('draws every state and transition of the pipeline without overlaps', async () => {
  const { States } = JSON.parse(pipeline) as { States: Record<string, { Next?: string }> };
  const { nodes, edges, width, height } = await drawGraph(aslGraph(pipeline));
  expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(States)));
  // The transition out of a Map starts where its inner flow ends.
  for (const [from, { Next }] of Object.entries(States))
    if (Next)
      expect(edges.some((edge) => [from, `${from}#end`].includes(edge.from) && edge.to === Next)).toBe(true);
  for (const { x, y } of nodes) {
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(width);
    expect(y).toBeLessThan(height);
  }
  // The box of a Map contains its states.
  const drawn = nodes.filter(({ type }) => type !== 'Box');
  const overlapping = drawn.filter((one) =>
    drawn.some(
      (other) =>
        other.id < one.id &&
        Math.abs(other.x - one.x) < (other.width + one.width) / 2 &&
        Math.abs(other.y - one.y) < (other.height + one.height) / 2,
    ),
  );
  expect(overlapping.map(({ id }) => id)).toEqual([]);
});

test('draws the states of a Map or Parallel inside its box', async () => {
  const { nodes } = await drawGraph(aslGraph(nested));
  const place = (id: string) => {
    const node = nodes.find((one) => one.id === id);
    if (!node) throw new Error(`${id} is not drawn`);
    return node;
  };
  for (const [inner, box] of [
    ['Left', 'Both#box'],
    ['Each', 'Both#box'],
    ['Item', 'Each#box'],
    ['Item', 'Both#box'],
  ] as const) {
    expect(Math.abs(place(inner).x - place(box).x)).toBeLessThan(place(box).width / 2);
    expect(Math.abs(place(inner).y - place(box).y)).toBeLessThan(place(box).height / 2);
  }
  expect(place('Done').y).toBeGreaterThan(place('Both#box').y + place('Both#box').height / 2);
});

test('labels choices with their conditions', () => {
  const labels = aslGraph(nested).edges.flatMap(({ from, label }) => (from === 'Ask' ? [label] : []));
  expect(labels).toEqual(['a > 3 and not b is present', '$states.input.c = 1', 'otherwise']);
});
