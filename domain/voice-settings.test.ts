import { moodManners, moodsPattern, voicePattern } from './voice-settings.ts';

test.each(['espeak', 'edge', 'edge,azure,espeak'])('%s is a choice of voices', (text) => {
  expect(text).toMatch(voicePattern);
});

test.each(['', 'edge,', 'edge azure', 'cloud', 'edge,polly'])('“%s” is none', (text) => {
  expect(text).not.toMatch(voicePattern);
});

test('a mood says only what is different', () => {
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
  '“%s” is no manner of a mood',
  (setting) => {
    expect(setting).not.toMatch(moodsPattern);
  },
);
