import type { RowKind } from './even-rows.ts';
import { groundOfStrip } from './strip-ground.ts';

const rows = (count: number, colour: number | [number, number, number], spread = 0): RowKind[] =>
  Array.from({ length: count }, () => ({
    spread,
    colour: typeof colour === 'number' ? [colour, colour, colour] : colour,
  }));
const art = (count: number) => rows(count, 120, 200);
const sky: [number, number, number] = [150, 170, 230];

describe('the ground of a strip', () => {
  test('is white or black, not a sky at the top of a scene', () => {
    const strip = [...rows(50, 255), ...rows(80, sky), ...art(100), ...rows(40, 2), ...art(60)];
    expect(groundOfStrip(strip)).toEqual([
      { from: 0, to: 50 },
      { from: 230, to: 270 },
    ]);
  });

  test('continues through a fade from white to black', () => {
    const fade = Array.from({ length: 100 }, (_, i) => rows(1, 255 - Math.round(i * 2.55))).flat();
    const strip = [...art(50), ...rows(20, 255), ...fade, ...rows(20, 0), ...art(50)];
    expect(groundOfStrip(strip)).toEqual([{ from: 50, to: 190 }]);
  });

  test('has a colour if most scenes are on it', () => {
    const pink: [number, number, number] = [250, 190, 200];
    const scene = [...art(60), ...rows(30, pink)];
    expect(groundOfStrip([...rows(30, pink), ...scene, ...scene, ...rows(50, sky), ...scene])).toHaveLength(
      4,
    );
  });

  test('is absent from a single picture', () => {
    expect(groundOfStrip([...rows(100, sky), ...art(300)])).toEqual([]);
  });
});
