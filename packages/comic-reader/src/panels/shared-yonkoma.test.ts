import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePage } from '../decode.ts';
import { orderDoubt } from '../order-doubt.ts';
import { panelsOf } from '../page-panels.ts';

const page = join(import.meta.dirname, '../../../../../shared/comics/inputs/04-yonkoma.png');
if (!existsSync(page)) console.warn(`The shared inputs are not at ${page}; the test is skipped`);

(existsSync(page) ? test : test.skip)(
  '4-koma in two columns is read column by column, from the right',
  async () => {
    const decoded = await decodePage(1, readFileSync(page));
    const { panels } = panelsOf(decoded, 'rtl');
    const [first, , , fourth, fifth] = panels;
    expect(panels).toHaveLength(8);
    expect(fourth?.x).toBe(first?.x);
    expect(fifth?.x).toBeLessThan(first?.x ?? 0);
    expect(fifth?.y).toBe(first?.y);
    // 3,000 layouts give 0.005, so of 48 hardly more than two are told otherwise.
    expect(orderDoubt({ panels, bubbles: [], direction: 'rtl', page: decoded })).toBeLessThan(0.1);
  },
);
