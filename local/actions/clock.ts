import type { CloudClock } from 'local-aws/clock';
import { parseDuration, showClock } from 'local-aws/clock';
import { z } from 'zod';
import type { Control } from '../control/control.ts';

const fastest = 100_000;

const ClockAction = z.object({
  /** Time to skip, such as 90s, 4h or 2d. */
  jump: z
    .string()
    .transform((text, context) => {
      const seconds = parseDuration(text);
      if (seconds === undefined)
        context.addIssue(`JUMP is ${text}; it must be a time like 90s, 4h, 1h30m or 2d`);
      return seconds ?? z.NEVER;
    })
    .optional(),
  /** Seconds that pass per second while no function works; 0 stops the clock. */
  speed: z.coerce
    .number({ error: 'SPEED must be a number like 60' })
    .min(0, 'SPEED must be at least 0')
    .max(fastest, `SPEED must be at most ${fastest}`)
    .optional(),
});

/** Changes the speed of the clock or skips time. */
async function moveClock(clock: CloudClock, { jump, speed }: z.output<typeof ClockAction>): Promise<void> {
  if (speed !== undefined) clock.setSpeed(speed);
  if (jump !== undefined) await clock.jump(jump * 1000);
}

/** Offers the action that shows and moves the clock. */
export function offerClock(control: Control, clock: CloudClock): void {
  control.add('clock', ClockAction, async (action) => {
    await moveClock(clock, action);
    return showClock(clock);
  });
}
