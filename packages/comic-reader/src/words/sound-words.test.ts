import { isNoise } from './sound-words.ts';

test('knows noises, also prolonged ones', () => {
  expect(
    ['RẦM!', 'Cộc cộc...', 'VÙÙÙ', 'SỘT SOẠT', 'Thud!', 'knock, knock', 'BOOOM'].filter(isNoise),
  ).toHaveLength(7);
});

test('does not take words that a person says for noises', () => {
  expect(['Hừ!', 'Chạy đi!', 'Rầm một cái', 'No!', '...', ''].filter(isNoise)).toEqual([]);
});
