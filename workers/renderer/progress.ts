import type { RendererPorts } from './ports.ts';

/** Shares of the whole render's 100 percent. */
const shareOfPieces = 94;
/** Before this time the pace is that of starting. */
const pacedAfterMs = 3000;

/**
 * Turns finished frames into whole percents, reported one at a time and never backwards, with the time left estimated
 * from the pace. A failed report does not fail the render, since the heartbeat proves that the worker is alive.
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

  /** Frames of pieces that already existed: they do not affect the pace. */
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

  /** Percents that change while a report is in flight are skipped. */
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
