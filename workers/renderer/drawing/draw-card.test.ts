import sharp from 'sharp';
import { frameSizes } from '../shots/shot.ts';
import { drawCard } from './draw-card.ts';

const red = { r: 200, g: 20, b: 20 };
const art = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red } }).png();

/** Range of the columns and rows of a card whose pixels pass a test. */
async function rangeOf(
  rgb: Buffer,
  { width, height }: { width: number; height: number },
  passes: (r: number, g: number, b: number) => boolean,
) {
  const range = { left: width, right: 0, top: height, bottom: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      if (!passes(rgb[at] as number, rgb[at + 1] as number, rgb[at + 2] as number)) continue;
      range.left = Math.min(range.left, x);
      range.right = Math.max(range.right, x);
      range.top = Math.min(range.top, y);
      range.bottom = Math.max(range.bottom, y);
    }
  }
  return range;
}
const isArt = (r: number, g: number, b: number) => r > 190 && g < 40 && b < 40;
const isLetter = (r: number, g: number, b: number) => r > 240 && g > 210 && b > 150;
const isWhite = (r: number, g: number, b: number) => Math.min(r, g, b) > 240;

describe.each(['16:9', '9:16'] as const)('a card in %s', (format) => {
  const frame = { width: frameSizes[format].width / 2, height: frameSizes[format].height / 2 };
  const draw = async (heading: string, lines: string[] = []) =>
    drawCard({ kind: 'title', heading, lines }, sharp(await art(300, 500).toBuffer()), frame);

  test('shows the whole art, and the text beside it without overlap', async () => {
    const rgb = await draw('Những cuộc phiêu lưu kỳ lạ của Mây và chú mèo Mun', ['Chương 1', 'Kẻ trộm ô']);
    expect(rgb.length).toBe(frame.width * frame.height * 3);
    const picture = await rangeOf(rgb, frame, isArt);
    const shape = (picture.right - picture.left) / (picture.bottom - picture.top);
    expect(shape).toBeCloseTo(300 / 500, 1);
    const words = await rangeOf(rgb, frame, isWhite);
    expect(words.right).toBeGreaterThan(words.left);
    expect(format === '16:9' ? words.left - picture.right : words.top - picture.bottom).toBeGreaterThan(0);
    expect(words.right).toBeLessThan(frame.width * 0.96);
  });

  test('fits much text between the art and the subtitles', async () => {
    const licence = `Giấy phép: https://example.org/${'licence/'.repeat(12)}`;
    const people = [
      'Kịch bản, Tranh: Lan',
      'Dịch: Minh',
      'Đăng tại: Ngõ Mây',
      'Biên tập: An',
      'và 3 người khác',
    ];
    const lines = [...people, licence, 'Lời kể và giọng đọc do máy tạo.', 'Cảm ơn các bạn đã theo dõi!'];
    const { bottom } = await rangeOf(await draw('Hết chương 6', lines), frame, isLetter);
    expect(bottom).toBeLessThan(frame.height * (format === '16:9' ? 0.82 : 0.7));
  });

  test('draws a title in kanji, and leaves out letters without a font', async () => {
    const kanji = await rangeOf(await draw('進撃の巨人'), frame, isWhite);
    expect(kanji.right - kanji.left).toBeGreaterThan(frame.width * 0.2);
    const khmer = await rangeOf(await draw('ខ្មែរ'), frame, isWhite);
    expect(khmer.right).toBeLessThan(khmer.left);
  });
});
