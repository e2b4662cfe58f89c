import fc from 'fast-check';

export interface Aim {
  runs: number;
  seed: number;
  /** Only the input at this place of the sequence. */
  path?: string;
}

/** One parser under attack. */
export interface Target {
  /** Lets it read one input after the other; answers with the first finding, or undefined. */
  attack(aim: Aim, beforeEach: () => void): Promise<Finding | undefined>;
}

export interface Finding {
  report: string;
  /** Where in the sequence of its seed the smallest such input is. */
  path: string;
}

/**
 * @param inputs sound and broken ones
 * @param read reads one as the product does. A refusal that the product means is fine; whatever is thrown is a finding
 */
export const target = <Input>(
  inputs: fc.Arbitrary<Input>,
  read: (input: Input) => void | Promise<void>,
): Target => ({
  async attack({ runs, seed, path }, beforeEach) {
    const property = fc.asyncProperty(inputs, async (input) => {
      beforeEach();
      await read(input);
    });
    const result = await fc.check(property, { numRuns: runs, seed, ...(path !== undefined && { path }) });
    if (!result.failed) return undefined;
    const { errorInstance: error, counterexample, counterexamplePath } = result;
    const report = `${error instanceof Error ? error.stack : error}\nof ${fc.stringify(counterexample)}`;
    return { report, path: counterexamplePath ?? '0' };
  },
});

/** Runs `read`; errors by these names are the product's own clear refusals, all others are thrown. */
export async function refusedBy(names: readonly string[], read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    // Node's own errors are of another realm inside a test.
    if (!names.includes((error as Partial<Error> | undefined)?.name ?? '')) throw error;
  }
}
