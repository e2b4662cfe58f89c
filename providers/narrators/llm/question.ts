import { createHash } from 'node:crypto';
import type { PanelPicture } from './pictures.ts';
import { PROMPT_VERSION, schemaOf, type Task } from './prompt.ts';
import type { LlmSettings } from './settings.ts';

/** One thing that the model is asked. */
export interface Question {
  task: Task;
  data: string;
  /** SHA-256 of the page's picture: with the panels' boxes it stands for the cuts in the request's hash. */
  pageHash: string;
  boxes: readonly unknown[];
  /** Made only when the model is really asked. */
  pictures(): Promise<PanelPicture[]>;
  /** A reply that was rejected, and what was wrong with it. */
  rejected?: { text: string; repair: string };
}

/** SHA-256 of all that a reply depends on: a kept reply is one to the same request. */
export function hashOf({ task, data, pageHash, boxes, rejected }: Question, settings: LlmSettings): string {
  const { endpoint, model, temperature, maxReplyTokens, jsonSchema } = settings;
  const asked = [
    endpoint,
    model,
    temperature,
    maxReplyTokens,
    jsonSchema,
    task.instructions,
    task.ask,
    schemaOf(task),
  ];
  return createHash('sha256')
    .update(JSON.stringify([PROMPT_VERSION, asked, data, pageHash, boxes, rejected]))
    .digest('hex');
}
