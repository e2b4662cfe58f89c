import { parseConfig } from './index.ts';

test.each([
  ['machines', 41, 40],
  ['functions', 401, 400],
] as const)('%s make no %i shards', (renderShardsOn, renderShards, most) => {
  expect(() => parseConfig({ renderShardsOn, renderShards })).toThrow(new RegExp(`(?:at most|to) ${most}`));
  expect(parseConfig({ renderShardsOn, renderShards: most })).toMatchObject({ renderShards: most });
});

test('auto needs no number', () => {
  expect(parseConfig({ renderShards: 'auto' })).toMatchObject({ renderShardsOn: 'machines' });
});
