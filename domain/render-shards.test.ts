import {
  callsOfRender,
  expectedCalls,
  expectedMachines,
  knownCalls,
  knownMachines,
  machinesOfRender,
  type ShardPlan,
  shardsFor,
} from './render-shards.ts';

const minutes = (length: number, plan: Partial<ShardPlan> = {}) =>
  shardsFor({
    ...{ wanted: 'auto', on: 'machines', seconds: length * 60, instanceType: 'c5.xlarge' },
    ...plan,
  });

describe('on machines', () => {
  test('auto takes as few as make all pieces in ten minutes', () => {
    // 102 minutes of four vCPUs.
    expect(minutes(300)).toBe(11);
    expect(minutes(60)).toBe(3);
  });

  test('auto does not share an ordinary video', () => {
    expect([minutes(10), minutes(1), minutes(0)]).toEqual([0, 0, 0]);
  });

  test('there are never more than a Spot quota could have', () => {
    expect([minutes(6000), minutes(1, { wanted: 100 })]).toEqual([40, 40]);
  });

  test('auto takes no more machines than the Spot quota has for a lane', () => {
    const shards = (vcpus: number, lanes: number) =>
      minutes(300, { available: machinesOfRender(vcpus, lanes, 'c5.xlarge') });
    expect([shards(64, 1), shards(32, 1), shards(64, 4), shards(5, 1)]).toEqual([11, 8, 4, 0]);
  });

  test('a type of unknown speed counts as C5', () => {
    expect(minutes(300, { instanceType: 'x9z.xlarge' })).toBe(11);
  });
});

describe('on functions', () => {
  const on = 'functions' as const;

  test('auto takes as few as make all pieces in twenty seconds', () => {
    // 274 seconds of one vCPU.
    expect(minutes(10, { on })).toBe(14);
  });

  test('auto does not share what takes a few seconds', () => {
    expect([minutes(0.2, { on }), minutes(0, { on })]).toEqual([0, 0]);
  });

  test('auto takes no more calls than the account has for a lane', () => {
    expect(minutes(300, { on, available: callsOfRender(1000, 10) })).toBe(50);
    expect(minutes(300, { on, available: callsOfRender(10, 1) })).toBe(5);
    expect(minutes(300, { on, available: callsOfRender(10, 10) })).toBe(0);
  });

  test('there are never more than four hundred', () => {
    expect(minutes(6000, { on })).toBe(400);
  });
});

test('a given number is taken as it is; one shard shares nothing', () => {
  expect([8, 0, 1].map((wanted) => minutes(300, { wanted }))).toEqual([8, 0, 0]);
});

test('before the video, auto counts as one machine and no call', () => {
  const known = (renderShards: number | 'auto', renderShardsOn: 'machines' | 'functions') => {
    const settings = { renderShards, renderShardsOn };
    return [knownMachines(settings), knownCalls(settings)];
  };
  expect([known('auto', 'machines'), known('auto', 'functions')]).toEqual([
    [1, 0],
    [1, 0],
  ]);
  expect([known(3, 'machines'), known(20, 'functions')]).toEqual([
    [3, 0],
    [1, 20],
  ]);
});

test('what is expected of auto is what it takes for a long video on machines, and for an ordinary one on functions', () => {
  const expected = (renderShards: number | 'auto', renderShardsOn: 'machines' | 'functions') => {
    const settings = { renderShards, renderShardsOn };
    return [expectedMachines(settings, 'c6a.xlarge'), expectedCalls(settings)];
  };
  expect([expected('auto', 'machines'), expected('auto', 'functions')]).toEqual([
    [9, 0],
    [1, 14],
  ]);
  expect([expected(0, 'machines'), expected(3, 'machines'), expected(20, 'functions')]).toEqual([
    [1, 0],
    [3, 0],
    [1, 20],
  ]);
});
