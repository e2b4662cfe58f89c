import { type AnswerPorts, answerForWorker } from '../answer-for-worker.ts';

/** Fails the task of an uploader that died, or terminates one that no job waits for. */
export const run = (event: unknown, ports: AnswerPorts) => answerForWorker(event, 'uploader', ports);
