import { label } from './components.ts';

const mask = (...rows: string[]) => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0)),
});

describe('connected components', () => {
  test('joins arms that meet lower down', () => {
    const { components } = label(mask('#..#', '#..#', '####'));
    expect(components).toEqual([{ label: 1, x: 0, y: 0, w: 4, h: 3, area: 8, touchesEdge: true }]);
  });

  test('joins corners only if told to', () => {
    const corners = mask('#.', '.#');
    expect(label(corners, true).components).toHaveLength(1);
    expect(label(corners, false).components).toHaveLength(2);
  });

  test('labels every pixel with its component and nothing else', () => {
    const drawn = mask('.....', '.##.#', '.##..', '.....');
    const { labels, components, paint } = label(drawn);
    expect(components.map((c) => c.area)).toEqual([4, 1]);
    expect([...labels()].map((l) => (l ? 1 : 0))).toEqual([...drawn.data]);
    expect(components.map((c) => c.touchesEdge)).toEqual([false, true]);
    paint(drawn, 0, (c) => c.touchesEdge);
    expect(drawn).toEqual(mask('.....', '.##..', '.##..', '.....'));
  });
});
