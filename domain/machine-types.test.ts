import { architectureOf, machineTypes, usualTypes, vcpusOf } from './machine-types.ts';

/** A new account's quota of Spot vCPUs. */
const smallestQuota = 5;
const lists = Object.entries<Record<string, readonly string[]>>(usualTypes).flatMap(
  ([architecture, workers]) =>
    Object.entries(workers).map(([worker, types]) => ({ architecture, worker, types })),
);
/** US dollars for the work of a C5 vCPU in an hour. */
const priceOf = (type: string) => {
  const { usdPerHour, speed } = machineTypes[type] ?? { usdPerHour: Number.NaN, speed: 1 };
  return usdPerHour / speed / vcpusOf(type);
};

test.each(lists)(
  'the $worker has several usual types of $architecture with known prices',
  ({ architecture, types }) => {
    expect(new Set(types).size).toBeGreaterThanOrEqual(4);
    expect(types.map(architectureOf)).toEqual(types.map(() => architecture));
    expect(types.filter((type) => !(priceOf(type) > 0))).toEqual([]);
    expect(new Set(types.map((type) => type.split('.')[0])).size).toBeGreaterThan(1);
  },
);

test.each(lists)(
  'several usual types of the $worker for $architecture fit the quota of a new account',
  ({ types }) => {
    expect(types.filter((type) => vcpusOf(type) <= smallestQuota).length).toBeGreaterThanOrEqual(4);
  },
);

test.each(lists.filter(({ worker }) => worker === 'renderer'))(
  'the renderer of $architecture gets the type with the cheapest work first, in each size',
  ({ types }) => {
    const sizes = types.map(vcpusOf);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    for (const size of new Set(sizes)) {
      const prices = types.filter((type) => vcpusOf(type) === size).map(priceOf);
      expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    }
  },
);

test.each(lists.filter(({ worker }) => worker === 'uploader'))(
  'the uploader of $architecture, which waits for the network, gets the cheapest hour first',
  ({ types }) => {
    const prices = types.map((type) => machineTypes[type]?.usdPerHour ?? 0);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
  },
);

test.each([
  ['c5.2xlarge', 8],
  ['c6a.xlarge', 4],
  ['c6a.large', 2],
  ['t3.small', 2],
  ['t2.small', 1],
  ['c6g.medium', 1],
  ['c7i.metal-24xl', 96],
])('%s has %i vCPUs', (type, vcpus) => {
  expect(vcpusOf(type)).toBe(vcpus);
});
