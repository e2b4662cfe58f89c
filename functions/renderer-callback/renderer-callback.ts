import { type AnswerPorts, answerForWorker } from '../answer-for-worker.ts';

/** Fails the task of a renderer that died, or terminates one that no job waits for. */
export const run = (event: unknown, ports: AnswerPorts) => answerForWorker(event, 'renderer', ports);
