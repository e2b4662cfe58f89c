/** Limits that end a run whose lanes count together; the flow has the same limits for what one execution counts. */
export interface RunCounts {
  failures: number;
  /** Chapters that were held for a person, in a row. */
  held: number;
}

export const runLimits: RunCounts = { failures: 3, held: 10 };

/** Returns why no lane of a run takes another chapter, in words; undefined if they can. */
export function endOfRun({ failures, held }: RunCounts): string | undefined {
  if (failures >= runLimits.failures) return `${failures} jobs of the run have failed`;
  if (held >= runLimits.held) return `${held} chapters in a row wait for a person`;
  return undefined;
}

/** A lane calls one function at a time; a second one reports on its machine or on the end of its execution. */
export const callsPerLane = 2;
