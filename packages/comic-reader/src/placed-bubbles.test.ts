import sharp from 'sharp';
import { decodePage } from './decode.ts';
import type { Bubble } from './page/page.ts';
import { placed } from './placed-bubbles.ts';

const bubble = (text: string, x: number, y: number, isSound = false): Bubble => ({
  x,
  y,
  w: 100,
  h: 60,
  text,
  confidence: 90,
  ...(isSound && { kind: 'sound' as const }),
});

test('a sound between two speakers does not change their order, and follows the speech before it', async () => {
  const image = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const whole = { x: 0, y: 0, w: 800, h: 400 };
  const bubbles = [
    bubble('Đáp', 60, 20),
    bubble('Rầm', 320, 60, true),
    bubble('Hỏi', 650, 80),
    bubble('Ùm', 200, 320, true),
  ];
  const { panels } = placed(1, await decodePage(1, image), [whole], bubbles, 'rtl');
  expect(panels[0]?.bubbles.map(({ text }) => text)).toEqual(['Hỏi', 'Rầm', 'Đáp', 'Ùm']);
});
