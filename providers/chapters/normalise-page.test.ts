import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { normalisePage, pageSizeOf } from './normalise-page.ts';

const drawn = (width: number, height: number, background = '#808080') =>
  sharp({ create: { width, height, channels: 3, background } });

test.each(['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const)(
  'turns a %s into an upright JPEG of its size',
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

test('fills transparent areas with white', async () => {
  const image = await sharp({
    create: { width: 10, height: 10, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer();
  const { jpeg } = await normalisePage(image, 'x');
  expect((await sharp(jpeg).raw().toBuffer())[0]).toBe(255);
});

test('applies CMYK and EXIF rotation', async () => {
  const cmyk = await drawn(40, 20, '#ff0000').toColourspace('cmyk').jpeg().toBuffer();
  const red = await sharp((await normalisePage(cmyk, 'x')).jpeg)
    .raw()
    .toBuffer();
  expect(red[0]).toBeGreaterThan(200);
  const turned = await drawn(40, 20).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  expect(await normalisePage(turned, 'x')).toMatchObject({ width: 20, height: 40 });
});

/** Returns red, green and blue of the first pixel, and the metadata of the stored page. */
async function firstPixel(image: Uint8Array) {
  const { jpeg } = await normalisePage(image, 'x');
  const [r = 0, g = 0, b = 0] = await sharp(jpeg).raw().toBuffer();
  return { r, g, b, metadata: await sharp(jpeg).metadata(), bytes: jpeg.byteLength };
}

test('keeps the colour of 16 bits a channel, palettes and interlacing', async () => {
  const colour = drawn(40, 40, '#c08040');
  const variants = [
    colour.clone().toColourspace('rgb16').png().toBuffer(),
    colour.clone().png({ palette: true }).toBuffer(),
    colour.clone().png({ progressive: true }).toBuffer(),
    colour.clone().jpeg({ progressive: true, quality: 95 }).toBuffer(),
  ];
  for (const image of await Promise.all(variants)) {
    const { r, g, b, metadata } = await firstPixel(image);
    expect(metadata).toMatchObject({ depth: 'uchar', channels: 3, space: 'srgb' });
    for (const [got, wanted] of [
      [r, 0xc0],
      [g, 0x80],
      [b, 0x40],
    ] as const) {
      expect(Math.abs(got - wanted)).toBeLessThan(4);
    }
  }
});

test('converts grey and 1-bit pages to sRGB', async () => {
  for (const image of [
    await drawn(20, 20).greyscale().toColourspace('b-w').png().toBuffer(),
    await drawn(20, 20, '#ffffff').greyscale().png({ palette: true, colours: 2 }).toBuffer(),
  ]) {
    expect((await firstPixel(image)).metadata).toMatchObject({ space: 'srgb', channels: 3 });
  }
});

test('converts the colours of a wide ICC profile to sRGB, and drops the profile', async () => {
  const wide = await drawn(20, 20, '#c08040').withIccProfile('p3').png().toBuffer();
  const { r, g, b, metadata } = await firstPixel(wide);
  expect(metadata.icc).toBeUndefined();
  for (const [got, wanted] of [
    [r, 0xc0],
    [g, 0x80],
    [b, 0x40],
  ] as const) {
    expect(Math.abs(got - wanted)).toBeLessThan(6);
  }
});

test('uses the first frame of an animation', async () => {
  const frames = Buffer.concat([
    await drawn(30, 30, '#ff0000').raw().toBuffer(),
    await drawn(30, 30, '#0000ff').raw().toBuffer(),
  ]);
  const raw = { width: 30, height: 60, channels: 3, pageHeight: 30 } as const;
  for (const format of ['gif', 'webp'] as const) {
    const animated = await sharp(frames, { raw }).toFormat(format).toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(2);
    const { r, b, metadata } = await firstPixel(animated);
    expect(metadata).toMatchObject({ width: 30, height: 30 });
    expect(r).toBeGreaterThan(200);
    expect(b).toBeLessThan(60);
  }
});

test("does not store a picture's metadata and profiles", async () => {
  const jpeg = await drawn(20, 20).jpeg().toBuffer();
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0xff, 0xff]), Buffer.alloc(0xfffd, 'secret')]);
  const noisy = Buffer.concat([jpeg.subarray(0, 2), ...Array(40).fill(segment), jpeg.subarray(2)]);
  const { metadata, bytes } = await firstPixel(noisy);
  expect(metadata.exif).toBeUndefined();
  expect(bytes).toBeLessThan(2000);
});

test('stores only the picture of a file that is also an archive or a web page', async () => {
  const html = Buffer.from('<script>alert(1)</script>PK\x03\x04');
  for (const format of ['png', 'jpeg', 'gif'] as const) {
    const polyglot = Buffer.concat([await drawn(20, 20).toFormat(format).toBuffer(), html]);
    const { jpeg } = await normalisePage(polyglot, 'x');
    expect(Buffer.from(jpeg).includes('script')).toBe(false);
  }
});

test('reads the size of a stored page from its header', async () => {
  const { jpeg } = await normalisePage(await drawn(120, 170).png().toBuffer(), 'x');
  expect(await pageSizeOf(jpeg)).toEqual({ width: 120, height: 170 });
});

const boxes = (brands: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 8 + brands.length]), Buffer.from(`ftyp${brands}`), Buffer.alloc(64)]);

test.each<[string, Buffer]>([
  [
    'SVG',
    Buffer.from(
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    ),
  ],
  ['SVG', Buffer.from('\uFEFF  <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['HEIC', boxes('heic\0\0\0\0mif1heic')],
  ['JPEG XL', Buffer.from([0xff, 0x0a, 0, 0, 0, 0, 0, 0])],
  ['JPEG XL', Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1')],
  ['PDF', Buffer.from('%PDF-1.7\n')],
  ['BMP', Buffer.from('BM123456')],
  ['a qt media file', boxes('qt  \0\0\0\0qt  ')],
])('rejects %s by name, with the supported formats', async (kind, image) => {
  await expect(normalisePage(image, 'page 3')).rejects.toMatchObject({
    name: 'ChapterUnreadable',
    message: `page 3 is not a readable image: it is ${kind}; pages are JPEG, PNG, WebP, AVIF, GIF or TIFF`,
  });
});

test('recognises the format by the content, not by the name', async () => {
  const image = await drawn(10, 10).png().toBuffer();
  expect(await normalisePage(image, 'page.jpg')).toMatchObject({ width: 10 });
});

/** Returns a few bytes whose header promises 20,000 × 20,000 pixels. */
async function bomb(): Promise<Uint8Array> {
  const png = await drawn(10, 10).png().toBuffer();
  png.writeUInt32BE(20_000, 16);
  png.writeUInt32BE(20_000, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

test.each<[string, () => Promise<Uint8Array>, RegExp]>([
  ['a file that is not an image', async () => Buffer.from('<html>'), /^page 3 is not a readable image: /],
  ['an empty file', async () => Buffer.alloc(0), /^page 3 is not a readable image: /],
  [
    'a truncated image',
    async () => (await drawn(400, 400).png({ compressionLevel: 0 }).toBuffer()).subarray(0, 5000),
    /^page 3 is not a readable image: /,
  ],
  [
    'a strip of 50,000 pixels',
    () => drawn(8, 50_000).png().toBuffer(),
    /^page 3 is 8×50000 pixels; a side can have at most 30000$/,
  ],
  ['a decompression bomb', bomb, /^page 3 is not a readable image: Input image exceeds pixel limit/],
])('rejects %s in one line that names the page', async (_, image, message) => {
  await expect(normalisePage(await image(), 'page 3')).rejects.toMatchObject({
    name: 'ChapterUnreadable',
    message: expect.stringMatching(message),
  });
});
