import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { normalisePage } from './normalise-page.ts';

const drawn = (width: number, height: number, background = '#808080') =>
  sharp({ create: { width, height, channels: 3, background } });

test.each(['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const)(
  'a %s becomes an upright JPEG of its size',
  async (format) => {
    const image = await drawn(120, 170).toFormat(format).toBuffer();
    const { jpeg, width, height } = await normalisePage(image, 'x');
    expect(await sharp(jpeg).metadata()).toMatchObject({
      format: 'jpeg',
      width: 120,
      height: 170,
      space: 'srgb',
    });
    expect([width, height]).toEqual([120, 170]);
  },
);

test('what is transparent becomes paper', async () => {
  const image = await sharp({
    create: { width: 10, height: 10, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer();
  const { jpeg } = await normalisePage(image, 'x');
  expect((await sharp(jpeg).raw().toBuffer())[0]).toBe(255);
});

test('CMYK and EXIF rotation are brought to what a reader sees', async () => {
  const cmyk = await drawn(40, 20, '#ff0000').toColourspace('cmyk').jpeg().toBuffer();
  const red = await sharp((await normalisePage(cmyk, 'x')).jpeg)
    .raw()
    .toBuffer();
  expect(red[0]).toBeGreaterThan(200);
  const turned = await drawn(40, 20).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  expect(await normalisePage(turned, 'x')).toMatchObject({ width: 20, height: 40 });
});

test('the format is told by the content and not by the name', async () => {
  const image = await drawn(10, 10).png().toBuffer();
  expect(await normalisePage(image, 'page.jpg')).toMatchObject({ width: 10 });
});

/** A few bytes whose header promises 20,000 × 20,000 pixels. */
async function bomb(): Promise<Uint8Array> {
  const png = await drawn(10, 10).png().toBuffer();
  png.writeUInt32BE(20_000, 16);
  png.writeUInt32BE(20_000, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

test.each<[string, () => Promise<Uint8Array>, RegExp]>([
  ['no image', async () => Buffer.from('<html>'), /^page 3 is no readable image: /],
  ['an empty file', async () => Buffer.alloc(0), /^page 3 is no readable image: /],
  [
    'a cut off image',
    async () => (await drawn(400, 400).png({ compressionLevel: 0 }).toBuffer()).subarray(0, 5000),
    /^page 3 is no readable image: /,
  ],
  [
    'a strip of 50,000 pixels',
    () => drawn(8, 50_000).png().toBuffer(),
    /^page 3 is 8×50000 pixels, a side may have 30000 at most$/,
  ],
  ['a decompression bomb', bomb, /^page 3 is no readable image: Input image exceeds pixel limit/],
])('%s is refused in one line that names the page', async (_, image, message) => {
  await expect(normalisePage(await image(), 'page 3')).rejects.toMatchObject({
    name: 'ChapterUnreadable',
    message: expect.stringMatching(message),
  });
});
