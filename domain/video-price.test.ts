import { usualTypes } from './machine-types.ts';
import { machineHour } from './prices.ts';
import { renderMinutes } from './render-time.ts';
import { priceOfVideo } from './video-price.ts';

const plan = {
  minutes: 12,
  pages: 30,
  ...usualTypes.x86_64,
  ...{ renderShards: 0, renderShardsOn: 'machines' as const, paidVoice: false },
};

test('a render of ten minutes takes the measured time on the machine that was measured', () => {
  expect(renderMinutes('c5.2xlarge', 10)).toBeCloseTo(2.7);
  expect(renderMinutes('c5.xlarge', 10)).toBeCloseTo(4.4);
  expect(renderMinutes('p5.48xlarge', 10)).toBeUndefined();
});

test('the parts add up to the price of a video', () => {
  const { parts, usd, unknown } = priceOfVideo(plan);
  expect(unknown).toEqual([]);
  expect(usd).toBeCloseTo(Object.values(parts).reduce((sum, part) => sum + part));
  expect(usd).toBeGreaterThan(0.03);
  expect(usd).toBeLessThan(0.1);
});

test('longer videos, paid voices and more pages cost more', () => {
  const { usd } = priceOfVideo(plan);
  for (const more of [{ minutes: 24 }, { pages: 60 }, { paidVoice: true }])
    expect(priceOfVideo({ ...plan, ...more }).usd).toBeGreaterThan(usd);
});

test('machines that share a render cost their boots', () => {
  const long = { ...plan, minutes: 300 };
  const { parts } = priceOfVideo({ ...long, renderShards: 'auto' });
  const alone = priceOfVideo(long).parts;
  // Nine more boots of a minute.
  const hour = machineHour('c6a.xlarge', 'renderer') ?? Number.NaN;
  expect(parts.renderer - alone.renderer).toBeCloseTo((9 / 60) * hour);
  expect(priceOfVideo({ ...plan, renderShards: 'auto' }).usd).toBe(priceOfVideo(plan).usd);
});

test('functions that make the shards cost their time, and their machine only joins', () => {
  const long = { ...plan, minutes: 300 };
  const { parts } = priceOfVideo({ ...long, renderShards: 200, renderShardsOn: 'functions' });
  const alone = priceOfVideo(long).parts;
  expect(parts.renderer).toBeLessThan(alone.renderer / 10);
  expect(parts.functions - alone.functions).toBeGreaterThan(0.2);
  expect(parts.functions - alone.functions).toBeLessThan(0.4);
});

test('names a machine without a known price', () => {
  expect(priceOfVideo({ ...plan, renderer: ['p5.48xlarge'] }).unknown).toEqual(['renderer p5.48xlarge']);
});
