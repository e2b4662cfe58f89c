import { coversOf } from './cover.ts';
import { type Box, PageReading, type Panel, type Panels, panelId } from './page.ts';
import type { Script } from './script.ts';

const page = (number: number, panels: Partial<Panel>[]) => ({
  ...{ number, width: 1000, height: 1400 },
  panels: panels.map(
    (panel, index): Panel => ({
      ...{ id: panelId(number, index + 1), x: 0, y: 0, w: 900, h: 500, bubbles: [] },
      focus: { x: 1, y: 1, w: 9, h: 9 },
      ...panel,
    }),
  ),
});
const book = (...pages: Partial<Panel>[][]): Panels => ({
  job_id: 'job-abc123',
  pages: pages.map((panels, index) => page(index + 1, panels)),
});
const script = (panels: string[], thumbnail_panel: string | null = null): Script => ({
  job_id: 'job-abc123',
  narrator: 'test',
  language: 'vi',
  segments: [{ index: 0, kind: 'speech', text: 'a', page: 1, panels, pause_after: 0 }],
  presentation: { headline: 'a', description: 'a', tags: [], thumbnail_panel },
});
const ranked = (panels: Panels, told: Script) =>
  coversOf(panels, told, 3).ranked.map(({ panel }) => panel.id);
const bubble = (box: Partial<Box>) => ({ x: 0, y: 0, w: 900, h: 400, text: 'a', confidence: 90, ...box });

test('uses the panel that the narrator chose', () => {
  const panels = book([{}, {}], [{ w: 100, h: 300 }]);
  const { chosen, ranked } = coversOf(panels, script(['p001-1'], 'p002-1'), 3);
  expect([chosen, ...ranked].map((cover) => cover?.panel.id)).toEqual(['p002-1', 'p001-1', 'p001-2']);
});

test('falls back to the shapes if no page has the chosen panel', () => {
  expect(ranked(book([{ w: 200, h: 300 }, {}]), script(['p001-1', 'p001-2'], 'p009-9'))).toEqual([
    'p001-2',
    'p001-1',
  ]);
});

test.each<[string, Partial<Panel>]>([
  ['is smaller', { w: 450, h: 250 }],
  ['is a narrow column', { w: 300, h: 1400 }],
  ['is full of speech', { bubbles: [bubble({})] }],
  ['shows nothing in particular', { focus: undefined }],
])('ranks a panel lower when it %s', (_, other) => {
  const panels = book([other, {}]);
  expect(ranked(panels, script(['p001-1', 'p001-2']))[0]).toBe('p001-2');
});

test('ranks panels without narration and at the end of the story lower', () => {
  expect(ranked(book([{}, {}]), script(['p001-2']))[0]).toBe('p001-2');
  expect(ranked(book([{}], [{}], [{}]), script(['p001-1', 'p002-1', 'p003-1']))).toEqual([
    'p001-1',
    'p002-1',
    'p003-1',
  ]);
});

test('chooses a cover for a chapter of one panel', () => {
  expect(ranked(book([{ w: 10, h: 900 }]), script(['p001-1']))).toEqual(['p001-1']);
});

test('knows the lettering of a panel, read or not, and not that of its neighbours', () => {
  const [left, right] = [
    { x: 10, y: 10, w: 50, h: 20, reason: 'no_words' as const, letters: 4 },
    { x: 960, y: 10, w: 30, h: 20, reason: 'texture' as const, letters: 4 },
  ];
  const panels = book([{ bubbles: [bubble({ h: 40 })] }]);
  const [first] = panels.pages;
  const reading = PageReading.parse({
    ...{ undivided: false, panel_doubt: 0, order_doubt: 0, lettering_area: 0, unread_area: 0 },
    ...{ words: 0, loose_bubbles: 0, language: null, unread: [left, right] },
  });
  const { ranked } = coversOf({ pages: first ? [{ ...first, reading }] : [] }, script(['p001-1']), 3);
  expect(ranked[0]?.lettering).toEqual([expect.objectContaining({ w: 900, h: 40 }), left]);
});
