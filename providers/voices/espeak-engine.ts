import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SpeechAnswer, SpeechRequest } from './espeak-process.ts';

export type Spoken = Extract<SpeechAnswer, { samples: Int16Array }>;

interface Waiting {
  resolve: (answer: Spoken) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

export interface EspeakEngineOptions {
  /** Time limit of one utterance in milliseconds, including those before it in the queue. */
  timeoutMs: number;
}

/** espeak-ng in a separate process, which starts with the first utterance and again after a crash. */
export class EspeakEngine {
  readonly #options: EspeakEngineOptions;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #nextId = 0;

  constructor(options: EspeakEngineOptions) {
    this.#options = options;
  }

  /** The running process, for tests and diagnosis. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  speak(request: Omit<SpeechRequest, 'id'>): Promise<Spoken> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        // A hung process does not recover, so the other utterances fail with it.
        this.#end(new Error(`espeak returned no audio within ${this.#options.timeoutMs / 1000} s`));
      }, this.#options.timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      const child = this.#running();
      child.ref();
      child.channel?.ref();
      child.send({ id, ...request } satisfies SpeechRequest, (error) => {
        if (error) this.#settle(id, (waiting) => waiting.reject(error));
      });
    });
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#end(new Error('the voice was closed'));
    child?.ref();
    if (child && child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => child.once('exit', resolve));
    }
  }

  #running(): ChildProcess {
    if (this.#child?.connected) return this.#child;
    const child = fork(fileURLToPath(new URL('./espeak-process.ts', import.meta.url)), {
      serialization: 'advanced',
      // It needs none of the pipeline's environment, and must not have its secrets.
      env: {},
      execArgv: ['--no-warnings', '--max-old-space-size=512'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (answer: SpeechAnswer) => {
      this.#settle(answer.id, (waiting) => {
        if ('failure' in answer) waiting.reject(new Error(answer.failure));
        else waiting.resolve(answer);
      });
    });
    const gone = (error: Error) => {
      if (this.#child === child) this.#end(error);
    };
    child.once('error', gone);
    child.once('exit', (code, signal) => gone(new Error(`espeak ended with ${signal ?? `status ${code}`}`)));
    this.#child = child;
    return child;
  }

  #settle(id: number, settle: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    settle(waiting);
    // An idle engine must not keep its parent alive.
    if (this.#waiting.size > 0) return;
    this.#child?.unref();
    this.#child?.channel?.unref();
  }

  #end(error: Error): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    for (const id of [...this.#waiting.keys()]) this.#settle(id, (waiting) => waiting.reject(error));
  }
}
