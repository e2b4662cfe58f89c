import * as z from 'zod';
import type { Log } from '../../domain/log.ts';

/** Something that lanes use at the same time. */
export interface SharedLimit {
  /** Names it with its unit: "Spot vCPUs of the account". */
  what: string;
  perLane: number;
  /** Returns the amount that all lanes share. */
  available(): Promise<number>;
}

export interface PlanPorts {
  limits: readonly SharedLimit[];
  log: Log;
}

/** The start of a run with several lanes. */
export const PlanInput = z.object({ open_lanes: z.number().int().min(1), run: z.string() });

/**
 * Returns the numbers of the lanes that a run opens, from 1: as many as it wants, but no more than every limit bears, and at
 * least one, which is what a run without lanes uses. A limit that can't be read bears one. `reasons` says why there are fewer.
 */
export async function planLanes({ open_lanes, run }: z.infer<typeof PlanInput>, ports: PlanPorts) {
  const found = await Promise.all(ports.limits.map((limit) => borneBy(limit, open_lanes)));
  const count = Math.max(1, Math.min(open_lanes, ...found.map(({ lanes }) => lanes)));
  const reasons = found.filter(({ lanes }) => lanes < open_lanes).map(({ reason }) => reason);
  if (count < open_lanes)
    ports.log({ level: 'WARN', event: 'fewer_lanes', run, wanted: open_lanes, opened: count, reasons });
  return { wanted: open_lanes, lanes: Array.from({ length: count }, (_, index) => index + 1), reasons };
}

async function borneBy({ what, perLane, available }: SharedLimit, wanted: number) {
  try {
    const there = await available();
    const lanes = Math.floor(there / perLane);
    return { lanes, reason: `${what}: ${there}, and ${wanted} lanes need ${wanted * perLane}` };
  } catch (error) {
    return {
      lanes: 1,
      reason: `${what}: unknown, because ${error instanceof Error ? error.message : error}`,
    };
  }
}
