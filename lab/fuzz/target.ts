import fc from 'fast-check';

export interface Aim {
  runs: number;
  seed: number;
  /** Only runs the input at this place of the sequence. */
  path?: string;
}

/** One parser under attack. */
export interface Target {
  /** Passes it the inputs one by one. Returns the first finding, or undefined. */
  attack(aim: Aim, beforeEach: () => void): Promise<Finding | undefined>;
}

export interface Finding {
  report: string;
  /** Place of the smallest such input in the sequence of its seed. */
  path: string;
}

/**
 * Creates a target.
 *
 * @param inputs valid and broken inputs
 * @param read reads one input as the product does. Intended errors are accepted; anything else that is thrown is a
 * finding
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

/** Runs `read` and accepts the product's intended errors, by name; all others are thrown. */
export async function refusedBy(names: readonly string[], read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    // Node's errors come from another realm inside a test.
    if (!names.includes((error as Partial<Error> | undefined)?.name ?? '')) throw error;
  }
}
