import { setTimeout as wait } from 'node:timers/promises';
import type { CloudClock, ShownClock } from 'local-aws/clock';
import { parseDuration, showClock } from 'local-aws/clock';
import * as z from 'zod';
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
  /** `work` also lets time pass for running functions, up to their limits. */
  over: z.enum(['idle', 'work'], { error: 'OVER must be idle or work' }).default('idle'),
  /** Seconds after which the action responds, even when the jump still waits for work. */
  within: z.number().positive().optional(),
  /** Seconds that pass per second while no function works; 0 stops the clock. */
  speed: z.coerce
    .number({ error: 'SPEED must be a number like 60' })
    .min(0, 'SPEED must be at least 0')
    .max(fastest, `SPEED must be at most ${fastest}`)
    .optional(),
});

/** The state of the clock; `jumping` while a jump waits for work. */
export type ClockState = ShownClock & { jumping: boolean };

/** Offers the action that shows and moves the clock. */
export function offerClock(control: Control, clock: CloudClock): void {
  let jumps = 0;
  control.add('clock', ClockAction, async ({ jump, speed, over, within }): Promise<ClockState> => {
    if (speed !== undefined) clock.setSpeed(speed);
    if (jump !== undefined) {
      jumps += 1;
      const jumped = clock.jump(jump * 1000, { overWork: over === 'work' }).finally(() => {
        jumps -= 1;
      });
      await Promise.race([
        jumped,
        ...(within === undefined ? [] : [wait(within * 1000, undefined, { ref: false })]),
      ]);
    }
    return { ...showClock(clock), jumping: jumps > 0 };
  });
}
