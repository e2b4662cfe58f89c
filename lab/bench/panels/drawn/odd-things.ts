import type { Box } from '../../../../domain/page.ts';
import { balloons, type Hand, type Lettered, lettering } from './balloon.ts';
import { between, type Chance, pick } from './chance.ts';
import { bubbleOf, lane, type Written, writtenPage } from './lettered.ts';
import { signFor, speechFor } from './sentences.ts';
import type { ChancePage } from './sheet.ts';
import { listFor, neonFor, plateFor, posterFor, titleFor } from './written-words.ts';

/* Things with words that are lettered unlike boards: tubes of light, covers, slips of paper, paint on a wall, boards seen askew. */

type Thing = 'neon' | 'book' | 'slip' | 'painted' | 'askew' | 'screen';

const things: readonly Thing[] = ['neon', 'book', 'slip', 'painted', 'askew', 'screen'];
const faces = ['baloo-2', 'patrick-hand', 'bangers', 'itim', 'pangolin'] as const;
const lights = ['#ff5fa8', '#4fe3ff', '#ffe95a', '#8dff7a', '#fff'] as const;
const covers = ['#7b1f1f', '#1f3f7b', '#2c5c33', '#d9c48f', '#efe9dc', '#3a2a4a'] as const;
const walls = ['#9a9a9a', '#d5d0c4', '#6b5b4b', '#c7d2d6'] as const;

const darkAt = (colour: string) =>
  [1, 3, 5].every((at) => Number.parseInt(colour.slice(at, at + 2), 16) < 150);

const wordsFor: Readonly<Record<Thing, (chance: Chance, language: Written['language']) => string>> = {
  neon: neonFor,
  book: titleFor,
  slip: listFor,
  painted: signFor,
  askew: (chance, language) => pick(chance, [signFor, posterFor, plateFor])(chance, language),
  screen: plateFor,
};

/** Turns a drawing about the middle of a box. */
const rotated = (svg: string, { x, y, w, h }: Box, degrees: number) =>
  `<g transform="rotate(${degrees} ${x + w / 2} ${y + h / 2})">${svg}</g>`;

/** Returns path data as it is seen from the side: what is further along is smaller. */
function seenAskew(path: string, { x, y, w, h }: Box, depth: number): string {
  const [cx, cy] = [x + w / 2, y + h / 2];
  return path.replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, px: string, py: string) => {
    const size = 1 / (1 + (depth * (Number(px) - cx)) / w);
    return `${(cx + (Number(px) - cx) * size).toFixed(1)} ${(cy + (Number(py) - cy) * size).toFixed(1)}`;
  });
}

const around = ({ x, y, w, h }: Box, pad: number) =>
  `M${x - pad} ${y - pad}L${x + w + pad} ${y - pad}L${x + w + pad} ${y + h + pad}L${x - pad} ${y + h + pad}Z`;

/** Draws a thing with words on it. */
function drawn(chance: Chance, kind: Thing, words: Lettered): string {
  const { letters, ink } = words;
  const pad = between(chance, 8, 26);
  const board = (fill: string, stroke = '#111', wide = pad) =>
    `<path d="${around(ink, wide)}" fill="${fill}" stroke="${stroke}" stroke-width="3"/>`;
  const written = (fill: string) => `<path d="${letters}" fill="${fill}"/>`;
  if (kind === 'neon') {
    const light = pick(chance, lights);
    const glow = `<path d="${letters}" fill="none" stroke="${light}" stroke-opacity="0.3" stroke-width="${between(chance, 4, 12)}"/>`;
    return rotated(
      `${board('#16161f', '#111', 2 * pad)}${glow}${written(light)}`,
      ink,
      pick(chance, [0, 0, -6, 7, 12]),
    );
  }
  if (kind === 'book') {
    const cover = pick(chance, covers);
    const tall = { ...ink, h: ink.h + between(chance, 60, 120) };
    const book = `<path d="${around(tall, pad)}" fill="${cover}" stroke="#111" stroke-width="3"/>`;
    return rotated(book + written(darkAt(cover) ? '#f4e8c0' : '#222'), ink, between(chance, -18, 18));
  }
  if (kind === 'slip')
    return rotated(
      board(pick(chance, ['#fffbe0', '#fff', '#f4d8e0'])) + written('#22304a'),
      ink,
      between(chance, -9, 9),
    );
  if (kind === 'painted') {
    const wall = pick(chance, walls);
    return board(wall, wall, 3 * pad) + written(darkAt(wall) ? '#eee' : '#333');
  }
  if (kind === 'screen')
    return `${board('#222', '#111', 2 * pad)}${board('#0d2a24', '#0d2a24', pad)}${written('#b8ffd8')}`;
  const depth = (chance() < 0.5 ? 1 : -1) * (0.25 + 0.35 * chance());
  const fill = pick(chance, ['#fff', '#ddd', '#1d4f8a', '#f0e0a0']);
  const edge = seenAskew(around(ink, pad), ink, depth);
  return `<path d="${edge}" fill="${fill}" stroke="#111" stroke-width="4"/><path d="${seenAskew(letters, ink, depth)}" fill="${darkAt(fill) ? '#fff' : '#111'}"/>`;
}

/** Speech in balloons, and things with words in any look. */
export const oddThings = (chance: Chance): Promise<ChancePage> =>
  writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
    const { sheet, direction, language, hand, bubbles } = page;
    const [text = ''] = speechFor(chance, language, 1);
    const speech = lettering(
      text,
      hand,
      lane(panel, 0.28, direction),
      panel.y + panel.h * 0.3,
      panel.w * 0.3,
    );
    sheet.add(balloons([speech], [panel.x + panel.w / 2, panel.y + panel.h * 0.65]));
    bubbles.push(bubbleOf(speech, index));
    const kind = pick(chance, things);
    const face = chance() < 0.3 ? hand.face : pick(chance, faces);
    const style: Hand = {
      face,
      size: hand.size * (0.7 + 0.9 * chance()),
      capitals: kind !== 'slip' && chance() < 0.7,
    };
    const [cx, cy] = [lane(panel, 0.72, direction), panel.y + panel.h * 0.62];
    const said = wordsFor[kind](chance, language);
    const probe = lettering(said, style, cx, cy, 900);
    const room = panel.w * 0.28;
    const size = probe.ink.w > room ? Math.max(13, (style.size * room) / probe.ink.w) : style.size;
    const words = lettering(said, { ...style, size }, cx, cy, 900);
    sheet.add(drawn(chance, kind, words));
    bubbles.push(bubbleOf(words, index, false));
  });
