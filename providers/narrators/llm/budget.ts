import type { LlmSettings } from './settings.ts';

export interface Usage {
  tokens_in: number;
  tokens_out: number;
}

type Limits = Pick<LlmSettings, 'maxTokens' | 'maxCostUsd' | 'pricePerMillionIn' | 'pricePerMillionOut'>;

/**
 * Budget of a job. Before a call it reserves the most that the call can cost, so that calls in flight together can't exceed
 * the limit; afterwards the actual cost counts.
 */
export class Budget {
  readonly #limits: Limits;
  readonly #underWay = new Set<Promise<void>>();
  #tokens = 0;
  #cost = 0;
  #spent = false;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** US dollars. */
  costOf({ tokens_in, tokens_out }: Usage): number {
    const { pricePerMillionIn, pricePerMillionOut } = this.#limits;
    return (tokens_in * pricePerMillionIn + tokens_out * pricePerMillionOut) / 1e6;
  }

  /** Adds usage that was paid earlier. */
  add(usage: Usage): void {
    this.#count(usage, 1);
  }

  /**
   * Reserves what a call can cost, waiting for calls in flight if they hold too much. Settle the reservation with the actual
   * cost. Returns undefined when the job has no budget left, for this call and all later ones.
   */
  async reserve(most: Usage): Promise<((spent: Usage) => void) | undefined> {
    while (!this.#spent && !this.#allows(most)) {
      if (this.#underWay.size === 0) this.#spent = true;
      else await Promise.race(this.#underWay);
    }
    if (this.#spent) return undefined;
    this.#count(most, 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#underWay.add(promise);
    return (spent) => {
      this.#count(most, -1);
      this.#count(spent, 1);
      this.#underWay.delete(promise);
      resolve();
    };
  }

  #allows(most: Usage): boolean {
    const { maxTokens, maxCostUsd } = this.#limits;
    const tokens = this.#tokens + most.tokens_in + most.tokens_out;
    const cost = this.#cost + this.costOf(most);
    return !(maxTokens > 0 && tokens > maxTokens) && !(maxCostUsd > 0 && cost > maxCostUsd);
  }

  #count(usage: Usage, sign: 1 | -1): void {
    this.#tokens += sign * (usage.tokens_in + usage.tokens_out);
    this.#cost += sign * this.costOf(usage);
  }
}
