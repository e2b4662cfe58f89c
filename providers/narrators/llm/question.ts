import { createHash } from 'node:crypto';
import type { PanelPicture } from './pictures.ts';
import { promptVersion, schemaOf, type Task } from './prompt.ts';
import type { LlmSettings } from './settings.ts';

/** One question to the model. */
export interface Question {
  task: Task;
  data: string;
  /** SHA-256 of the page's picture: together with the panels' boxes it represents the cuts in the request's hash. */
  pageHash: string;
  boxes: readonly unknown[];
  /** Makes the pictures; called only if the model is really asked. */
  pictures(): Promise<PanelPicture[]>;
  /** A rejected reply, and its problems. */
  rejected?: { text: string; repair: string };
}

/** Returns the SHA-256 of everything that a reply depends on: a cached reply belongs to the same request. */
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
    .update(JSON.stringify([promptVersion, asked, data, pageHash, boxes, rejected]))
    .digest('hex');
}
