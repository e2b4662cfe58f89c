/**
 * `make bench WHAT=likeness`: compares videos of drawn channels with the thirty before each, and planted near-duplicates with the
 * same. Prints how many of each kind are found, and how many other videos would be held. The channels of `dev` and `score` share no
 * series, phrase or picture. `WORDS=1` compares what is said alone, without pictures and plants, so that many channels take minutes.
 */

import { appearanceOf } from '../../domain/likeness/appearance.ts';
import { type Resemblance, resemblances } from '../../domain/likeness/compare.ts';
import { unlike } from '../../domain/likeness/cover.ts';
import { castOf, chanceOf } from '../../fakes/llm/manners.ts';
import { judge, show } from '../figures/show.ts';
import { publishedOf, type Series, seriesBy, type Video, videoOf } from './likeness/channel.ts';
import { type Cut, drawnCuts, pictureOf } from './likeness/pictures.ts';
import { plantsOf, retoldVideo } from './likeness/plants.ts';

const compared = 30;
const perVideo = 4;
const { CHANNELS = '16', SET = 'dev,score', WORDS } = process.env;

interface Tally {
  found: number;
  all: number;
}
const counted = (tallies: Map<string, Tally>, kind: string, isFound: boolean) => {
  const { found, all } = tallies.get(kind) ?? { found: 0, all: 0 };
  tallies.set(kind, { found: found + Number(isFound), all: all + 1 });
};

type Published = ReturnType<typeof publishedOf>;
const found = ({ chapter, script, pictures }: Video, videos: readonly Published[]) =>
  resemblances({ script, appearance: appearanceOf(chapter, script, pictures) }, videos);

/** Returns what is left when the model was asked once. */
function held(video: Video, first: readonly Resemblance[], series: Series, videos: readonly Published[]) {
  const told = first.filter(({ aspect }) => aspect === 'opening' || aspect === 'structure');
  const isTitle = first.some(({ aspect }) => aspect === 'title');
  const retold =
    series.narrator === 'llm'
      ? retoldVideo(
          video,
          told.flatMap(({ segments = [] }) => segments),
          isTitle,
          series,
        )
      : video;
  return found(retold, videos);
}

/** A channel of one or several series, whose chapters take turns; each thumbnail is unlike the latest. */
async function channel(seed: string, half: 0 | 1, cuts: readonly Cut[], count: number) {
  const chance = chanceOf(`channel ${seed}`);
  const titlePage = cuts.at(-1) as Cut;
  const all = Array.from({ length: 1 + Math.floor(chance() * 4) }, (_, i) =>
    seriesBy(`${seed}.${i}`, half, { hasTitlePage: chance() < 0.25 }),
  );
  const videos: { video: Video; series: Series; number: number; cuts: Cut[]; isMoved: boolean }[] = [];
  for (let i = 0; i < count; i++) {
    const series = all[i % all.length] as Series;
    const number = 1 + Math.floor(i / all.length);
    const own =
      cuts.length === 0
        ? []
        : Array.from({ length: perVideo }, (_, p) => cuts[(i * perVideo + p) % (cuts.length - 1)] as Cut);
    if (cuts.length > 0 && series.hasTitlePage) own.unshift(titlePage);
    const shown = await Promise.all(own.map(async (cut) => ({ cut, picture: await pictureOf(cut) })));
    const earlier = videos.slice(-compared).map((one) => publishedOf(one.video));
    const { covers, instead } = unlike(shown, earlier);
    const pictures = covers.map(({ picture }) => picture);
    const video = await videoOf(series, number, pictures);
    videos.push({
      video,
      series,
      number,
      cuts: covers.map(({ cut }) => cut),
      isMoved: instead !== undefined,
    });
  }
  return videos;
}

const judged = 2;

async function score(name: 'dev' | 'score', half: 0 | 1): Promise<void> {
  const cuts = WORDS ? [] : await drawnCuts(half, (compared + judged) * perVideo + 1);
  const plants = new Map<string, Tally>();
  const honest = new Map<string, Tally>();
  for (let c = 0; c < Number(CHANNELS); c++) {
    const videos = await channel(`${name} ${c}`, half, cuts, compared + judged);
    for (const [at, { video, series, number, isMoved }] of videos.entries()) {
      if (at < compared) continue;
      const earlier = videos.slice(at - compared, at);
      const published = earlier.map((one) => publishedOf(one.video));
      const first = found(video, published);
      if (isMoved) counted(honest, 'changed first: thumbnail', true);
      for (const { aspect } of first) counted(honest, `changed first: ${aspect}`, true);
      const left = held(video, first, series, published);
      counted(honest, `held, ${series.narrator}`, left.length > 0);
      for (const one of left) counted(honest, `held for: ${one.aspect}`, true);
      if (WORDS) continue;
      const chance = chanceOf(`plant ${name} ${c} ${at}`);
      const own = earlier.filter((one) => one.series === series);
      const model = own[Math.floor(chance() * own.length)];
      if (!model) continue;
      const ground = { series, number, honest: video, earlier: model.video, earlierNumber: model.number };
      const names = castOf(series.title, series.manner);
      const before = new Set(first.map(({ aspect }) => aspect));
      for (const plant of await plantsOf(
        { ...ground, cuts: model.cuts, seed: `${name} ${c} ${at}` },
        names,
      )) {
        const now = found(plant.video, published).map(({ aspect }) => aspect);
        const isNew = now.some((aspect) => !before.has(aspect));
        // A plant in an aspect that is already alike without it shows nothing.
        if (isNew || now.length === 0) counted(plants, plant.kind, isNew);
      }
    }
  }
  console.log(`\n${name}: ${CHANNELS} channels, each video compared with ${compared}`);
  for (const [kind, { found, all }] of plants) show(kind, `${found} of ${all}`);
  const sum = (of: Map<string, Tally>, begins: string) =>
    [...of]
      .filter(([kind]) => kind.startsWith(begins))
      .reduce((total, [, { found, all }]) => ({ found: total.found + found, all: total.all + all }), {
        found: 0,
        all: 0,
      });
  for (const [kind, { found, all }] of honest)
    show(kind, kind.includes(',') ? `${found} of ${all}` : `${found}`);
  const [wrong, right] = [sum(honest, 'held, '), sum(plants, '')];
  if (right.all > 0)
    judge('planted duplicates found, %', (100 * right.found) / right.all, {
      digits: 1,
      sign: '≥',
      wanted: 90,
    });
  judge('other videos held, %', (100 * wrong.found) / wrong.all, { digits: 1, sign: '≤', wanted: 5 });
}

for (const name of SET.split(',')) {
  if (name !== 'dev' && name !== 'score') throw new Error(`SET is ${name}; it is dev or score`);
  await score(name, name === 'dev' ? 0 : 1);
}
