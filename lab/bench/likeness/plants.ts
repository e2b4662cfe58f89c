import { openingOf } from '../../../domain/likeness/appearance.ts';
import { chanceOf, headline, narrated } from '../../../fakes/llm/manners.ts';
import { letteringOf, type Series, type Video, videoOf } from './channel.ts';
import { type Cut, changes, pictureOf } from './pictures.ts';

/** A video that repeats an earlier one in a known way. */
export interface Plant {
  kind: string;
  video: Video;
}

/** The source of a plant: an earlier video, and the chapter that is told now. */
export interface Ground {
  series: Series;
  number: number;
  /** The new chapter as it would be without the plant. */
  honest: Video;
  earlier: Video;
  earlierNumber: number;
  /** Panels of the earlier video. */
  cuts: readonly Cut[];
  seed: string;
}

const others = ['Thảo Vy', 'Đức Anh', 'Bà Năm', 'Ken', 'Tuyết Nhung', 'Ông Từ'];

/** Gives each name of a text another one: capitalised words inside sentences, and where they begin one. */
function renamed(texts: readonly string[], names: readonly string[], shift: number): string[] {
  const replaced = new Map(names.map((name, i) => [name, others[(i + shift) % others.length] as string]));
  return texts.map((text) =>
    [...replaced].reduce((changed, [name, other]) => changed.replaceAll(name, other), text),
  );
}

/** Reads letters wrongly, as another scan of the same lettering is read: one word in sixteen. */
function misread(text: string, chance: () => number): string {
  return text
    .split(' ')
    .map((word) => (chance() < 1 / 16 && word.length > 2 ? word.slice(0, -1) : word))
    .join(' ');
}

const withTexts = ({ chapter, script, pictures }: Video, texts: ReadonlyMap<number, string>): Video => ({
  chapter,
  script: {
    ...script,
    segments: script.segments.map((segment) => ({
      ...segment,
      text: texts.get(segment.index) ?? segment.text,
    })),
  },
  pictures,
});

type Make = (ground: Ground, names: readonly string[]) => Promise<Video>;

/** The beginning of the earlier video, with other names. */
const sameOpening: Make = async ({ honest, earlier, seed }, names) => {
  const texts = renamed(
    openingOf(earlier.script).map(({ text }) => text),
    names,
    seed.length,
  );
  const opening = openingOf(honest.script);
  const last = opening.length - 1;
  return withTexts(
    honest,
    new Map(
      opening.map(({ index }, i) => [index, i === last ? texts.slice(last).join(' ') : (texts[i] ?? '…')]),
    ),
  );
};

/** The same chapter in another scan: a page less, other mistakes, smaller pictures. */
const anotherScan: Make = async ({ series, number, earlierNumber, cuts, seed }) => {
  const chance = chanceOf(seed);
  const lettering = letteringOf(series, earlierNumber).slice(chance() < 0.5 ? 1 : 0);
  const worse = await Promise.all(cuts.map((cut) => changes['a smaller, worse scan']?.(cut, chance) ?? cut));
  return videoOf(series, number, await Promise.all(worse.map(pictureOf)), {
    lettering: lettering.map((page) => page.map((text) => misread(text, chance))),
  });
};

/** The same chapter in another translation: other words, the same pictures, cut a little differently. */
const anotherTranslation: Make = async ({ honest, cuts, seed }) => {
  const chance = chanceOf(seed);
  const cut = changes['cut and recoloured'];
  const again = await Promise.all(cuts.map((one) => cut?.(one, chance) ?? one));
  return { ...honest, pictures: await Promise.all(again.map(pictureOf)) };
};

/** Plants of narrated text: what a model repeats from video to video. */
const retold: Readonly<Record<string, Make>> = {
  'the same opening, other names': sameOpening,
  'the same template, other names': async ({ honest, earlier, seed }, names) => {
    const texts = renamed(
      earlier.script.segments.map(({ text }) => text),
      names,
      seed.length,
    );
    const own = honest.script.segments;
    return withTexts(honest, new Map(own.map(({ index }, i) => [index, texts[i % texts.length] as string])));
  },
  'half of the sentences from a template': async ({ honest, earlier, seed }, names) => {
    const texts = renamed(
      earlier.script.segments.map(({ text }) => text),
      names,
      seed.length,
    );
    const half = honest.script.segments.filter(({ index }) => index > 2 && index % 2 === 0);
    return withTexts(
      honest,
      new Map(half.map(({ index }) => [index, texts[index % texts.length] as string])),
    );
  },
  'the same title, other names': async ({ honest, earlier, seed }, names) => {
    const [text = ''] = renamed([earlier.script.presentation?.headline ?? ''], names, seed.length);
    return withHeadline(honest, text);
  },
  'the same title but for one word': async ({ honest, earlier, seed }) => {
    const words = (earlier.script.presentation?.headline ?? '').split(' ');
    const chance = chanceOf(seed);
    words[Math.floor(chance() * words.length)] = ['lửa', 'biển', 'nhà', 'trăng'][
      Math.floor(chance() * 4)
    ] as string;
    return withHeadline(honest, words.join(' '));
  },
};

const withHeadline = (video: Video, text: string): Video => ({
  ...video,
  script: {
    ...video.script,
    ...(video.script.presentation && { presentation: { ...video.script.presentation, headline: text } }),
  },
});

const drawn: Readonly<Record<string, Make>> = {
  'the same chapter, another scan': anotherScan,
  'the same chapter, another translation': anotherTranslation,
  ...Object.fromEntries(
    Object.entries(changes).map(([name, change]): [string, Make] => [
      `the same thumbnail, ${name}`,
      async ({ honest, cuts: [first], seed }) => {
        const cut = first && (await change(first, chanceOf(seed)));
        return cut ? { ...honest, pictures: [await pictureOf(cut), ...honest.pictures.slice(1)] } : honest;
      },
    ]),
  ),
};

/** Makes every kind of plant that a series can have. */
export async function plantsOf(ground: Ground, names: readonly string[]): Promise<Plant[]> {
  const { narrator } = ground.series;
  const made = {
    ...(narrator === 'llm' ? retold : { 'the same opening, other names': sameOpening }),
    ...drawn,
  };
  const plants: Plant[] = [];
  for (const [kind, make] of Object.entries(made)) plants.push({ kind, video: await make(ground, names) });
  return plants;
}

/** Rewrites sentences and title in other words, as the fake model does when it is asked again. */
export function retoldVideo(
  video: Video,
  segments: readonly number[],
  isTitle: boolean,
  series: Series,
): Video {
  const place = { story: series.title, chapter: `${video.chapter.number} again` };
  const again = withTexts(
    video,
    new Map(segments.map((index) => [index, narrated({ ...place, at: `${index}` }, series.manner)])),
  );
  return isTitle ? withHeadline(again, headline({ ...place, at: 'title' }, series.manner)) : again;
}
