import { moodManners, moodsPattern, voicePattern } from './voice-settings.ts';

test.each(['espeak', 'edge', 'edge,azure,espeak'])('accepts the voices %s', (text) => {
  expect(text).toMatch(voicePattern);
});

test.each(['', 'edge,', 'edge azure', 'cloud', 'edge,polly'])('rejects the voices “%s”', (text) => {
  expect(text).not.toMatch(voicePattern);
});

test('parses only the differences of a mood', () => {
  const setting = 'sad=/-10/-4,angry=vi-VN-NamMinhNeural//,tense=//3';
  expect(setting).toMatch(moodsPattern);
  expect(moodManners(setting)).toEqual({
    sad: { ratePercent: -10, pitchHz: -4 },
    angry: { speaker: 'vi-VN-NamMinhNeural' },
    tense: { pitchHz: 3 },
  });
  expect(moodManners('')).toEqual({});
});

test.each(['sad', 'sad=', 'merry=/1/1', 'sad=en-US-AvaNeural//', "sad=vi-VN-X'Neural//", 'sad=/1/1,'])(
  'rejects the mood “%s”',
  (setting) => {
    expect(setting).not.toMatch(moodsPattern);
  },
);
