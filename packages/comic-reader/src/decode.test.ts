import sharp from 'sharp';
import { decodePage } from './decode.ts';

const paper = sharp({ create: { width: 300, height: 400, channels: 3, background: '#c08040' } });

describe('a decoded page', () => {
  test.each([
    ['grey', () => paper.clone().greyscale().jpeg().toBuffer()],
    ['16 bits', () => paper.clone().toColourspace('rgb16').png().toBuffer()],
    ['a palette', () => paper.clone().png({ palette: true }).toBuffer()],
    ['inks', () => paper.clone().toColourspace('cmyk').jpeg().toBuffer()],
  ])('of %s has colour for finding panels and grey for reading', async (_, image) => {
    const { layout, print } = await decodePage(1, await image());
    expect(layout).toMatchObject({ width: 300, height: 400, channels: 3 });
    expect(layout.data).toHaveLength(300 * 400 * 3);
    expect(print.data).toHaveLength(300 * 400);
    expect(Math.abs((print.data[0] as number) - 140)).toBeLessThan(12);
  });

  test('that is transparent is on paper', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const image = await sharp({ create: { width: 30, height: 40, channels: 4, background: clear } })
      .png()
      .toBuffer();
    expect((await decodePage(1, image)).print.data[0]).toBe(255);
  });

  test('is smaller for finding panels than for reading', async () => {
    const image = await paper.clone().resize(2400, 3200).jpeg().toBuffer();
    const { layout, lettering, print } = await decodePage(1, image);
    expect([layout.height, lettering.width, print.width]).toEqual([1000, 1600, 2400]);
  });
});
