import { panelId } from '../../../domain/page.ts';
import { headlinePlace } from './headline-place.ts';

/** A panel of 1600 × 1800 with crops of 1600 × 900; the headline takes the lower or upper 300. */
const panel = { id: panelId(1, 1), x: 100, y: 50, w: 1600, h: 1800, bubbles: [] };
const best = { x: 100, y: 500, w: 1600, h: 900 };
const letters = (y: number, h = 100, x = 300) => ({ x, y, w: 400, h });
const placed = (...lettering: ReturnType<typeof letters>[]) => {
  const { crop, edge } = headlinePlace({ panel, lettering }, best, 1 / 3) ?? {};
  return crop && [crop.y, edge];
};

test('draws a headline along the lower edge of the best crop if there is no lettering below it', () => {
  expect(placed()).toEqual([500, 'bottom']);
  expect(placed(letters(600))).toEqual([500, 'bottom']);
});

test('moves the crop as little as possible until lettering is above the headline, or out of the picture', () => {
  expect(placed(letters(1150))).toEqual([650, 'bottom']);
  expect(placed(letters(1300))).toEqual([400, 'bottom']);
});

test('takes the upper edge if the lower one has lettering wherever the middle of the best crop is seen', () => {
  expect(placed(letters(1000, 700))).toEqual([500, 'top']);
});

test('moves a wide crop along the panel past lettering', () => {
  const wide = { ...panel, w: 4000, h: 900 };
  const lettering = [letters(1300 - 450, 100, 200), letters(100, 100, 200)];
  const place = headlinePlace({ panel: wide, lettering }, { x: 500, y: 50, w: 1600, h: 900 }, 1 / 3);
  expect(place).toEqual({ crop: { x: 600, y: 50, w: 1600, h: 900 }, edge: 'bottom' });
});

test('finds nothing in a panel that is full of lettering', () => {
  expect(placed(letters(50, 1800))).toBeUndefined();
});

test('never covers lettering, cuts out of the panel or loses the middle of the best crop, for 400 drawn panels', () => {
  let state = 7;
  const drawn = (most: number) => {
    state = (state * 48271) % 2147483647;
    return state % most;
  };
  let found = 0;
  for (let index = 0; index < 400; index += 1) {
    const lettering = Array.from({ length: 1 + drawn(6) }, () => ({
      ...{ x: 100 + drawn(1400), y: 50 + drawn(1700) },
      ...{ w: 50 + drawn(500), h: 20 + drawn(300) },
    }));
    const place = headlinePlace({ panel, lettering }, best, 0.2 + drawn(20) / 100);
    if (!place) continue;
    found += 1;
    const { crop, edge } = place;
    expect([crop.x, crop.w, crop.h]).toEqual([best.x, best.w, best.h]);
    expect(crop.y).toBeGreaterThanOrEqual(panel.y);
    expect(crop.y + crop.h).toBeLessThanOrEqual(panel.y + panel.h);
    const [from, to] = edge === 'top' ? [crop.y, crop.y + 180] : [crop.y + crop.h - 180, crop.y + crop.h];
    const inside = (y: number) => y >= from && y < to;
    expect(lettering.filter(({ y, h }) => y < to && from < y + h)).toEqual([]);
    expect(inside(950)).toBe(false);
  }
  expect(found).toBeGreaterThan(100);
});
