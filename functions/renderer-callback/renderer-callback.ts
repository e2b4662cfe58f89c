import { type AnswerPorts, answerForWorker } from '../answer-for-worker.ts';

/** Answers for a renderer that can't, or ends one that nobody waits for. */
export const run = (event: unknown, ports: AnswerPorts) => answerForWorker(event, 'renderer', ports);
