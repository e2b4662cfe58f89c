import {
  emptyStory,
  eventsBefore,
  isSameName,
  type PageFacts,
  Story,
  storyBefore,
  withFacts,
} from './story.ts';

const chapter = { chapter_id: 'ngo-may-1', number: '1' };
const facts = (more: Partial<PageFacts>): PageFacts => ({ characters: [], places: [], events: [], ...more });
const untold = { gender: 'unknown', age: 'unknown', manner: 'unknown' } as const;
const lan = { name: 'Lan', original: 'ラン', address: 'tự xưng tớ', about: 'cô bé tóc ngắn', ...untold };

test('keeps a name and its forms of address as they were first given; a description follows the story', () => {
  const first = withFacts(emptyStory(), chapter, facts({ characters: [lan] }));
  const now = { about: 'đang đuổi theo chiếc ô', gender: 'female', age: 'child', manner: 'lively' } as const;
  const renamed = { name: 'Ran', original: 'ラン', address: 'tự xưng em', ...now };
  const second = withFacts(first, chapter, facts({ characters: [renamed] }));
  expect(second.characters).toEqual([{ ...lan, ...now }]);
  const older = { ...renamed, age: 'adult' } as const;
  expect(withFacts(second, chapter, facts({ characters: [older] })).characters[0]?.age).toBe('child');
});

test.each([
  ['ラン', 'らん'],
  ['ﾗﾝ', 'ラン'],
  ['ＲＡＮ', 'Ran'],
  ['Bà Tư', 'BÀ TƯ'.normalize('NFD')],
])('%s and %s are one name', (one, other) => {
  expect(isSameName(one, other)).toBe(true);
});

test.each([
  ['ラン', 'リン'],
  ['Lan', 'Lân'],
  ['', ''],
])('“%s” and “%s” are not one name', (one, other) => {
  expect(isSameName(one, other)).toBe(false);
});

test('lists events by chapter, the latest last', () => {
  const one = withFacts(emptyStory(), chapter, facts({ events: ['Trời mưa.'] }));
  const two = withFacts(one, { chapter_id: 'ngo-may-2', number: '2' }, facts({ events: ['Nắng lên.'] }));
  expect(two.chapters.map(({ number, events }) => [number, events])).toEqual([
    ['1', ['Trời mưa.']],
    ['2', ['Nắng lên.']],
  ]);
});

test('stays bounded after a thousand pages', () => {
  let story = emptyStory();
  for (let page = 0; page < 1000; page++) {
    const long = 'ư'.repeat(240);
    story = withFacts(
      story,
      { chapter_id: `c${page >> 4}`, number: null },
      facts({
        characters: [{ name: `Người ${page}`, original: '', address: long, about: long, ...untold }],
        places: [{ name: `Nơi ${page}`, about: long }],
        events: [long, long],
      }),
    );
  }
  expect(Story.parse(story)).toEqual(story);
  expect(JSON.stringify(story).length).toBeLessThan(120_000);
  expect(story.characters.at(-1)?.name).toBe('Người 999');
});

test('starts a chapter that is told again from the story before it', () => {
  const before = withFacts(emptyStory(), chapter, facts({ characters: [lan] }));
  const told = { chapter_id: 'ngo-may-2', before };
  const story = withFacts(before, { chapter_id: 'ngo-may-2', number: '2' }, facts({ events: ['Nắng.'] }));
  const memory = { manga_id: 'ngo-may', story, told };
  expect(storyBefore(memory, ['ngo-may-2'])).toEqual(before);
  expect(storyBefore(memory, ['ngo-may-3'])).toEqual(story);
  expect(storyBefore(undefined, ['ngo-may-1'])).toEqual(emptyStory());
});

test('a video of several chapters that is told again has the events of each once', () => {
  const told = (id: string) => ({ chapter_id: `ngo-may-${id}`, number: id });
  const of = (story: Story, id: string) => withFacts(story, told(id), facts({ events: [`Việc ${id}.`] }));
  const story = ['1', '2', '3'].reduce(of, emptyStory());
  const memory = { manga_id: 'ngo-may', story, told: { chapter_id: 'ngo-may-3', before: emptyStory() } };
  const again = ['1', '2'].reduce(of, storyBefore(memory, ['ngo-may-1', 'ngo-may-2']));
  expect(again.chapters.map(({ events }) => events)).toEqual([['Việc 3.'], ['Việc 1.'], ['Việc 2.']]);
});

test('reads a memory from before there were casts', () => {
  const { gender, age, manner, ...old } = lan;
  expect(Story.parse({ ...emptyStory(), characters: [old] }).characters).toEqual([lan]);
});

test('recalls the last events of the chapter before, and nothing of a later one', () => {
  const events = ['Trời mưa.', 'Ô mất.', 'Lan đi tìm.', 'Mèo chạy mất.'];
  const story = withFacts(emptyStory(), { chapter_id: 'ngo-may-2', number: '2' }, facts({ events }));
  const latest = events.slice(1);
  expect(eventsBefore(story, { number: '3' })).toEqual({ number: null, events: latest });
  expect(eventsBefore(story, { number: '2.5' })).toEqual({ number: null, events: latest });
  expect(eventsBefore(story, { number: '1' })).toEqual({ number: null, events: [] });
  expect(eventsBefore(story, { number: null })).toEqual({ number: null, events: latest });
  expect(eventsBefore(emptyStory(), { number: '1' })).toEqual({ number: null, events: [] });
});

test('a chapter that is not the one just before is named, and later ones do not count', () => {
  const told = (number: string, event: string) => ({ chapter_id: number, number, events: [event] });
  const story = { ...emptyStory(), chapters: [told('1', 'Một.'), told('7', 'Bảy.')] };
  expect(eventsBefore(story, { number: '4' })).toEqual({ number: '1', events: ['Một.'] });
  expect(eventsBefore(story, { number: '8' })).toEqual({ number: null, events: ['Bảy.'] });
});

test('recalls the chapter with the number just before, whenever that was told', () => {
  const told = (number: string) => ({ chapter_id: number, number, events: [`Việc ${number}.`] });
  const recalled = (numbers: string[], number: string) =>
    eventsBefore({ ...emptyStory(), chapters: numbers.map(told) }, { number });
  // Chapter 2 was made again, chapter 2.5 was added late.
  expect(recalled(['1', '3', '2'], '4')).toEqual({ number: null, events: ['Việc 3.'] });
  expect(recalled(['2', '3', '2.5'], '4')).toEqual({ number: null, events: ['Việc 3.'] });
  expect(recalled(['2', '3', '2.5'], '3')).toEqual({ number: null, events: ['Việc 2.5.'] });
  // A second season begins with 1 again.
  expect(recalled(['1', '2', '3', '1'], '2')).toEqual({ number: null, events: ['Việc 1.'] });
});

test.each(['2,5', 'Ch. 2.5', '002.5'])('%s is before 3, and recalls nothing of it', (number) => {
  const chapters = [{ chapter_id: '3', number: '3', events: ['Việc 3.'] }];
  expect(eventsBefore({ ...emptyStory(), chapters }, { number }).events).toEqual([]);
});

test('a recap has as many of the latest events as are spoken in twenty seconds', () => {
  const events = ['a', 'b', 'c'].map((letter) => letter.repeat(140));
  const story = { ...emptyStory(), chapters: [{ chapter_id: 'x', number: '1', events }] };
  expect(eventsBefore(story, { number: '2' }).events).toEqual(events.slice(1));
  const long = { ...story, chapters: [{ chapter_id: 'x', number: '1', events: ['d'.repeat(400)] }] };
  expect(eventsBefore(long, { number: '2' }).events).toHaveLength(1);
});
