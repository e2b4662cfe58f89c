import { counted, newTrial, nextStep, type Trial } from './trial.ts';

const published = '2026-11-20T20:00:00.000Z';
/** Noon in Los Angeles. */
const noonOf = (day: string) => new Date(`${day}T20:00:00.000Z`);
const since = (thumbnail: 1 | 2, day: string, confirmed = true) => ({
  ...{ thumbnail, since: noonOf(day).toISOString(), confirmed },
});
const reach = (day: string, impressions: number, clicks: number) => ({ day, impressions, clicks });
const trial = (shown: Trial['shown'], ...days: Trial['reach']): Trial => ({ shown, reach: days });
const step = (of: Trial, day: string, enough = 1000) => nextStep(of, published, enough, noonOf(day));

describe('counting', () => {
  const turns = [since(1, '2026-11-20'), since(2, '2026-11-22'), since(1, '2026-11-24')];

  test('counts a day for the thumbnail that was shown from its midnight to the next one', () => {
    const days = ['20', '21', '22', '23', '24', '25'].map((day) => reach(`2026-11-${day}`, 100, 5));
    expect(counted(trial(turns, ...days))).toEqual({
      1: { impressions: 200, clicks: 10 },
      2: { impressions: 100, clicks: 5 },
    });
  });

  test('takes the days from Los Angeles: a change at 7:00 UTC belongs to the day before', () => {
    const late = { thumbnail: 2 as const, since: '2026-11-23T07:00:00.000Z', confirmed: true };
    const { 2: second } = counted(
      trial([since(1, '2026-11-20'), late], reach('2026-11-22', 7, 1), reach('2026-11-23', 9, 1)),
    );
    expect(second.impressions).toBe(9);
  });

  test('counts nothing after a change that was not confirmed', () => {
    const lost = [since(1, '2026-11-20'), since(2, '2026-11-22', false)];
    expect(counted(trial(lost, reach('2026-11-23', 100, 5)))).toMatchObject({
      1: { impressions: 0 },
      2: { impressions: 0 },
    });
  });
});

describe('taking turns', () => {
  const seen = reach('2026-11-20', 10, 1);

  test('waits until somebody was shown the video, and while no one has been for a week', () => {
    expect(step(newTrial(published), '2026-11-30')).toEqual({ do: 'wait' });
    const taken = trial([since(1, '2026-11-20')], seen);
    expect(step(taken, '2026-11-27')).toEqual({ do: 'show', thumbnail: 2 });
    expect(step(taken, '2026-11-28')).toEqual({ do: 'wait' });
  });

  test('shows the other thumbnail after a whole day, and not earlier', () => {
    const first = trial(newTrial(published).shown, seen, reach('2026-11-27', 10, 1));
    expect(step(first, '2026-11-21')).toEqual({ do: 'wait' });
    expect(step(first, '2026-11-22')).toEqual({ do: 'show', thumbnail: 2 });
    const second = trial([...first.shown, since(2, '2026-11-22')], ...first.reach);
    expect(step(second, '2026-11-23')).toEqual({ do: 'wait' });
    expect(step(second, '2026-11-29')).toEqual({ do: 'show', thumbnail: 1 });
  });

  test('repeats a change that was not confirmed', () => {
    const lost = trial([since(1, '2026-11-20'), since(2, '2026-11-22', false)], seen);
    expect(step(lost, '2026-11-22')).toEqual({ do: 'show', thumbnail: 2 });
  });

  test('leaves a thumbnail with too few impressions when the other one has enough', () => {
    const turns = [since(1, '2026-11-20'), since(2, '2026-11-22')];
    expect(step(trial(turns, reach('2026-11-21', 1500, 60)), '2026-11-25')).toEqual({ do: 'wait' });
  });
});

describe('the result', () => {
  const turns = [since(1, '2026-11-20'), since(2, '2026-11-22')];
  const days = (firstClicks: number, secondClicks: number) =>
    trial(turns, reach('2026-11-21', 1000, firstClicks), reach('2026-11-23', 2000, secondClicks));

  test('is the thumbnail with the better click rate, not the one with more clicks', () => {
    expect(step(days(50, 90), '2026-11-26')).toEqual({
      ...{ do: 'keep', thumbnail: 1 },
      reason: 'viewers clicked 5.00 % of 1000 impressions of the first one, 4.50 % of 2000 of the second one',
    });
    expect(step(days(50, 110), '2026-11-26')).toMatchObject({ do: 'keep', thumbnail: 2 });
  });

  test('is the first one of two equals', () => {
    expect(step(days(50, 100), '2026-11-26')).toMatchObject({ do: 'keep', thumbnail: 1 });
  });

  test('waits for enough impressions of each', () => {
    expect(step(days(50, 110), '2026-11-24', 1500)).toEqual({ do: 'show', thumbnail: 1 });
  });

  test('is the first one 28 days after the video was first shown without enough impressions', () => {
    expect(step(days(50, 110), '2026-12-18', 1500)).not.toMatchObject({ do: 'keep' });
    expect(step(days(50, 110), '2026-12-19', 1500)).toEqual({
      ...{ do: 'keep', thumbnail: 1 },
      reason: '1000 and 2000 impressions in 28 days are too few to compare; each needs 1500',
    });
  });

  test('is the first one 56 days after the publication in any case: then the thumbnails are deleted', () => {
    const late = trial(turns, reach('2027-01-10', 10, 1));
    expect(step(late, '2027-01-14')).not.toMatchObject({ do: 'keep' });
    expect(step(late, '2027-01-15')).toMatchObject({ do: 'keep', thumbnail: 1 });
  });
});
