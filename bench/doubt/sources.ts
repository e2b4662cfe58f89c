import sharp from 'sharp';
import type { Chapter } from '../../domain/chapter.ts';
import { letteredPages, pictureOf } from '../../providers/vision/drawn-lettering.fixture.ts';
import type { TrueChapter } from '../panels/chapters.ts';
import { chancePage, kinds, letteredKinds } from '../panels/drawn/kinds.ts';
import type { TruePage } from '../panels/truth.ts';
import { japanesePage } from './japanese-page.ts';

/** Pages with their truth, and what a source would say of them. */
export interface Source {
  name: string;
  /** Of the lettering, and what metadata says of it. */
  language: string;
  said: Chapter['language'];
  direction: Chapter['reading_direction'];
  pages: { truth: TruePage; image(): Promise<Uint8Array> }[];
}

export const sourceOf = ({ name, language, direction, pages, image }: TrueChapter): Source => ({
  ...{ name: `${name} ${language}`, language, said: language, direction },
  pages: pages.map((truth) => ({ truth, image: () => image(truth.file) })),
});

const trueOf = (number: number, panels: TruePage['panels'], lettered: string[]): TruePage => ({
  ...{ number, file: '', panels, ambiguous: false, bubbles: undefined, lettered },
});

/** The same words by several hands, a page each. */
export const hands = (language: 'vi' | 'en', said: string): Source => ({
  ...{ name: `drawn hands ${language} said to be ${said}`, language, said, direction: 'ltr' },
  pages: letteredPages(language).map((page, index) => ({
    truth: trueOf(index + 1, page.panels, page.speech),
    image: () => pictureOf(page),
  })),
});

/** Pages of one kind drawn by chance, each a source: they differ in direction and language. */
export async function drawnPages(kind: string, count: number): Promise<Source[]> {
  const sources: Source[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const { image, panels, direction, bubbles, language = 'vi' } = await chancePage(kind, seed);
    const lettered = bubbles?.map(({ text }) => text) ?? [];
    const truth: TruePage = { number: 1, file: kind, panels, ambiguous: false, bubbles, lettered };
    const page = { truth, image: async () => image };
    sources.push({ name: `drawn ${kind} ${seed}`, language, said: language, direction, pages: [page] });
  }
  return sources;
}

export const drawnKinds = Object.keys({ ...kinds, ...letteredKinds });

/** Japanese lettering in columns, said to be what a careless library says. */
export const japanese = (said: string | null, pages: number): Source => ({
  ...{ name: `drawn Japanese said to be ${said ?? 'nothing'}`, language: 'ja', said, direction: 'rtl' },
  pages: Array.from({ length: pages }, (_, index) => {
    const drawn = japanesePage(index + 1);
    return { truth: trueOf(index + 1, drawn.panels, drawn.lettered), image: drawn.image };
  }),
});

/** How pages are spoilt on their way to a reader. */
export const spoilt: Readonly<Record<string, (image: Uint8Array) => Promise<Uint8Array>>> = {
  blurred: (image) => sharp(image).blur(1.6).jpeg().toBuffer(),
  'very blurred': (image) => sharp(image).blur(3).jpeg().toBuffer(),
  'saved badly': (image) => sharp(image).jpeg({ quality: 12 }).toBuffer(),
  noisy: async (image) => {
    const { width = 1, height = 1 } = await sharp(image).metadata();
    const noise = sharp({
      create: {
        ...{ width, height, channels: 3, background: '#808080' },
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    }).png();
    return sharp(image)
      .composite([{ input: await noise.toBuffer(), blend: 'soft-light' }])
      .jpeg()
      .toBuffer();
  },
};

/** A source whose pages are spoilt in one way; sizes stay, and so does the truth. */
export const spoiltSource = (source: Source, way: string): Source => ({
  ...source,
  name: `${source.name}, ${way}`,
  pages: source.pages.map(({ truth, image }) => ({
    truth,
    image: async () => (spoilt[way] ?? (async (same: Uint8Array) => same))(await image()),
  })),
});
