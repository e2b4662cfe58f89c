/** How the whole render's 100 percent are shared out. */
const shareOfPieces = 94;

/**
 * Turns frames done into whole percents, reported one at a time and never backwards. A report that fails does not
 * fail the render: the worker's heartbeat is what proves that it lives.
 */
export class Progress {
  readonly #frames: number;
  readonly #report: (done: number, total: number) => Promise<void>;
  #done = 0;
  #reported = -1;
  #sending: Promise<void> | undefined;

  constructor(frames: number, report: (done: number, total: number) => Promise<void>) {
    this.#frames = frames;
    this.#report = report;
  }

  addFrames(frames: number): void {
    this.#done += frames;
    this.#send(Math.floor((shareOfPieces * this.#done) / this.#frames));
  }

  async finish(): Promise<void> {
    await this.#sending;
    this.#send(100);
    await this.#sending;
  }

  /** Percents that come while one is on its way are left out. */
  #send(percent: number): void {
    if (this.#sending || percent <= this.#reported) return;
    this.#reported = percent;
    this.#sending = this.#report(percent, 100)
      .catch(() => {})
      .finally(() => {
        this.#sending = undefined;
      });
  }
}
