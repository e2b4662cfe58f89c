import { FakeEdge } from '../../fakes/voices/edge.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { analysisOf, chapterOf, llmFixture } from '../../providers/narrators/testing/llm-fixture.ts';
import { EdgeVoice } from '../../providers/voices/edge.ts';
import { badDay } from './bad-day.ts';

test('with a faulty model every page is narrated, from its lettering where the model fails', async () => {
  const bad = badDay();
  const { tellChapter, fake } = await llmFixture(bad.llm, { presentation: true });
  const pages = Array.from({ length: 7 }, (_, index) => analysisOf(index + 1));
  const told = await tellChapter(chapterOf(7), pages);
  await fake.close();
  const ways = told.map(({ account }) => account.notes.at(-1)?.replace(/^page \d: | \(.*/g, ''));
  expect(ways).toEqual([
    'reply rejected',
    'reply rejected',
    'told in two halves',
    'told from its lettering alone',
    'reply rejected',
    'reply rejected',
    'told from its lettering alone',
  ]);
  expect(told.every(({ segments }) => segments.length > 0)).toBe(true);
});

test('with a faulty Edge every sentence is complete, and the clock is corrected once', async () => {
  const bad = badDay();
  const fake = await FakeEdge.start({ ffmpeg: await findFfmpeg(undefined), ...bad.edge });
  const voice = new EdgeVoice({
    ...{ speaker: 'vi-VN-HoaiMyNeural', ratePercent: 0, pitchHz: 0, endpoint: fake.endpoint },
    retry: { attempts: 5, backoffMs: 5, budgetMs: 20_000 },
  });
  const sentences = Array.from({ length: 16 }, (_, index) => `Câu thứ ${index + 1} được nói trọn vẹn.`);
  for (const sentence of sentences) {
    const { words } = await voice.speak(sentence);
    expect(words.map(({ text }) => text).join(' ')).toBe(sentence);
  }
  await voice.close();
  await fake.stop();
  expect(bad.account()).toMatch('Edge 7, its clock 20 minutes behind');
  // Only the first token has the wrong time.
  expect(fake.handshakes.filter(({ status }) => status === 403)).toHaveLength(1);
});
