import type { RendererPorts } from './ports.ts';

/** How the whole render's 100 percent are shared out. */
const shareOfPieces = 94;
/** Earlier the pace is that of starting. */
const pacedAfterMs = 3000;

/**
 * Turns frames done into whole percents, reported one at a time and never backwards, with what the pace so far makes of
 * the rest. A report that fails does not fail the render: the worker's heartbeat is what proves that it lives.
 */
export class Progress {
  readonly #frames: number;
  readonly #report: RendererPorts['reportProgress'];
  readonly #now: () => number;
  readonly #startedAt: number;
  #done = 0;
  #drawn = 0;
  #reported = -1;
  #sending: Promise<void> | undefined;

  /** @param now a clock in milliseconds */
  constructor(frames: number, report: RendererPorts['reportProgress'], now = () => performance.now()) {
    this.#frames = frames;
    this.#report = report;
    this.#now = now;
    this.#startedAt = now();
  }

  /** Frames of pieces that were there already: they say nothing of the pace. */
  skipFrames(frames: number): void {
    this.#done += frames;
    this.#send(this.#percent());
  }

  addFrames(frames: number): void {
    this.#drawn += frames;
    this.skipFrames(frames);
  }

  async finish(): Promise<void> {
    await this.#sending;
    this.#send(100);
    await this.#sending;
  }

  #percent(): number {
    return Math.floor((shareOfPieces * this.#done) / this.#frames);
  }

  #secondsLeft(): number | undefined {
    const elapsed = this.#now() - this.#startedAt;
    if (this.#drawn === 0 || elapsed < pacedAfterMs) return undefined;
    return Math.ceil(((this.#frames - this.#done) * elapsed) / this.#drawn / 1000);
  }

  /** Percents that come while one is on its way are left out. */
  #send(percent: number): void {
    if (this.#sending || percent <= this.#reported) return;
    this.#reported = percent;
    this.#sending = this.#report(percent, 100, percent < 100 ? this.#secondsLeft() : undefined)
      .catch(() => {})
      .finally(() => {
        this.#sending = undefined;
      });
  }
}
