import { limit, machineDays } from './testing/machine-days.ts';

/** Lost machines during a whole day of the pipeline; the other cases are in machines.long.ts. */
const day = machineDays();

test(
  'after three interruptions, one with a notice and two without, no finished piece is rendered again',
  async () => {
    day.pipeline.hold();
    const executionArn = await day.pipeline.begin();
    for (const nth of [1, 2, 3]) {
      await day.atSecondPiece(nth);
      const { id } = await day.renderer(nth);
      if (nth === 1) day.pipeline.cloud.giveSpotNotice(id);
      else day.pipeline.cloud.killMachine(id);
      await day.untilStarted(nth + 1, '10s');
    }
    await day.atSecondPiece(4);
    day.pipeline.goOn();
    await day.expectPublished(executionArn);
    expect(day.started()).toBe(4);
    expect(day.pipeline.printed('piece 1 is begun')).toBe(1);
  },
  limit,
);
