/** The part of Lambda's context that this project uses. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/**
 * Writes one structured line, bare: before what `console` prints, Lambda puts time, request and level, and then no filter
 * reads it as JSON.
 */
export const logLine = (line: Record<string, unknown>) =>
  void process.stdout.write(`${JSON.stringify(line)}\n`);
