import { consequenceOfDoubt, thresholdsOfDoubt } from './doubt-policy.ts';
import { parseConfig } from './settings/index.ts';
import { parseSeriesSettings, type SeriesFileSettings } from './settings/series.ts';

const { onDoubt, doubtThresholds, channels } = parseConfig({
  onDoubt: 'hold',
  doubtThresholds: { wrongWords: 0.03 },
  channels: { 'truyen-ma': { onDoubt: 'fail', doubtThresholds: { orderDoubt: 0.3 } } },
});
const env = { ON_DOUBT: onDoubt, DOUBT_THRESHOLDS: doubtThresholds, CHANNELS: channels };

function fileOf(file: string, settings: object, isBeside: boolean): SeriesFileSettings {
  return { file, settings: parseSeriesSettings(settings, file), isBeside };
}
const inBucket = (settings: object) => fileOf('library/series/meo.json', settings, false);
const beside = (settings: object) => fileOf('Mèo/manga-pipeline.json', settings, true);

test('what happens to a doubtful chapter is said by its series, else by its channel, else by the stage', () => {
  expect(consequenceOfDoubt(env, 'main', [])).toEqual({ onDoubt: 'hold', from: 'stage' });
  expect(consequenceOfDoubt(env, 'truyen-ma', [])).toEqual({ onDoubt: 'fail', from: 'channel truyen-ma' });
  expect(consequenceOfDoubt(env, 'truyen-ma', [inBucket({ onDoubt: 'publish' })])).toEqual({
    onDoubt: 'publish',
    from: 'library/series/meo.json',
  });
  expect(() => consequenceOfDoubt(env, 'gone', [])).toThrow("The channel gone is not one of the stage's");
});

test('a file beside the chapters can be stricter and never looser', () => {
  expect(consequenceOfDoubt(env, 'main', [beside({ onDoubt: 'fail' })])).toEqual({
    onDoubt: 'fail',
    from: 'Mèo/manga-pipeline.json',
  });
  expect(consequenceOfDoubt(env, 'main', [beside({ onDoubt: 'publish' })])).toEqual({
    onDoubt: 'hold',
    from: 'stage',
    unused: { onDoubt: 'publish', from: 'Mèo/manga-pipeline.json' },
  });
});

test('each threshold has the value that was set last, and names where', () => {
  const files = [
    beside({ doubtThresholds: { wrongWords: 0.01, orderDoubt: 0.9, sharpness: 0.2 } }),
    inBucket({ doubtThresholds: { panelDoubt: 0.8 } }),
  ];
  const { applied, remarks } = thresholdsOfDoubt(env, 'truyen-ma', files);
  const of = (name: string) => applied.find((one) => one.name === name);
  expect(of('wrongWords')).toEqual({ name: 'wrongWords', value: 0.01, from: 'Mèo/manga-pipeline.json' });
  expect(of('orderDoubt')).toEqual({ name: 'orderDoubt', value: 0.3, from: 'channel truyen-ma' });
  expect(of('panelDoubt')).toEqual({ name: 'panelDoubt', value: 0.8, from: 'library/series/meo.json' });
  expect(of('sharpness')).toEqual({ name: 'sharpness', value: 0.4, from: 'default' });
  expect(remarks).toEqual([
    'Mèo/manga-pipeline.json sets sharpness to 0.2, which is not used: it is looser than 0.4 (default)',
    'Mèo/manga-pipeline.json sets orderDoubt to 0.9, which is not used: it is looser than 0.3 (channel truyen-ma)',
  ]);
});

test.each([
  [{ doubtThresholds: { wrongWords: 1.5 } }, 'doubtThresholds.wrongWords: must be from 0 to 1'],
  [{ doubtThresholds: { lostWord: 1 } }, 'doubtThresholds.lostWord: unknown setting'],
  [{ doubtThresholds: '{"wrongWords":' }, 'doubtThresholds: must be JSON, like {"wrongWords":0.02}'],
  [{ onDoubt: 'ignore' }, 'onDoubt: '],
])('%j in the settings of a series is refused by name', (settings, message) => {
  expect(() => inBucket(settings)).toThrow(message);
});
