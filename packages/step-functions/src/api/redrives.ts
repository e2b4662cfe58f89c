/** Client tokens of redrives, so that a request that is sent again redrives nothing twice. */

/** From the API reference of RedriveExecution. */
const keptTokens = 10;
const keptMs = 15 * 60_000;

export class RedriveTokens {
  readonly #now: () => number;
  /** By execution: the date of the redrive of each token, the oldest first. */
  readonly #used = new Map<string, Map<string, number>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns the date of the redrive that a token has made, in ms. */
  find(executionArn: string, token: string): number | undefined {
    const date = this.#used.get(executionArn)?.get(token);
    return date !== undefined && date > this.#now() - keptMs ? date : undefined;
  }

  add(executionArn: string, token: string, date: number): void {
    const tokens = this.#used.get(executionArn) ?? new Map<string, number>();
    tokens.delete(token);
    tokens.set(token, date);
    const [oldest] = tokens.keys();
    if (tokens.size > keptTokens && oldest !== undefined) tokens.delete(oldest);
    this.#used.set(executionArn, tokens);
    this.#forgetOld();
  }

  #forgetOld(): void {
    for (const [arn, tokens] of this.#used)
      if ([...tokens.values()].every((date) => date <= this.#now() - keptMs)) this.#used.delete(arn);
  }
}
