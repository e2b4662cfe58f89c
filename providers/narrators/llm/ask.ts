import type { LanguageModel } from 'ai';
import { ArtifactInvalid, ConfigurationError } from '../../../domain/errors.ts';
import type { Budget, Usage } from './budget.ts';
import { RequestRefused } from './call-failure.ts';
import { type createModelCaller, ModelUnavailable } from './call-model.ts';
import { generate } from './generate.ts';
import type { KeptReply } from './kept-reply.ts';
import { pictureTokens } from './pictures.ts';
import { schemaOf } from './prompt.ts';
import { hashOf, type Question } from './question.ts';
import type { LlmSettings } from './settings.ts';

export interface ReplyCache {
  findReply(requestHash: string): Promise<KeptReply | undefined>;
  putReply(requestHash: string, reply: KeptReply): Promise<void>;
}

/** The job has no tokens or money left for another call. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

/** Returns whether the model gave no answer, now or at all. What is told without it then stays as it is. */
export const isUnanswered = (error: unknown): error is Error =>
  [ModelUnavailable, RequestRefused, OverBudget, ConfigurationError].some((kind) => error instanceof kind);

export interface Answer {
  text: string;
  /** The AI SDK's finish reason; `content-filter` is a refusal. */
  finish: string;
  /** Usage that this job paid for it. */
  paid: Usage;
}

interface Asking {
  model: LanguageModel;
  settings: LlmSettings;
  cache: ReplyCache;
  budget: Budget;
  jobId: string;
  callModel: ReturnType<typeof createModelCaller>;
}

const free: Usage = { tokens_in: 0, tokens_out: 0 };
/** Estimates the tokens of a Vietnamese text; for reservations, and for endpoints that report no usage. */
const textTokens = (text: string) => Math.ceil(text.length / 2.5);

/**
 * Asks the model one question: uses the cache if it was asked before, otherwise calls within the budget and with
 * retries.
 */
export async function ask(question: Question, deadline: number, asking: Asking): Promise<Answer> {
  const { cache, budget, jobId } = asking;
  const hash = hashOf(question, asking.settings);
  const kept = await cache.findReply(hash).catch(noneIfUnreadable);
  if (kept) {
    const { text, finish, tokens_in, tokens_out, paid_by } = kept;
    const paid = paid_by === jobId ? { tokens_in, tokens_out } : free;
    budget.add(paid);
    return { text, finish, paid };
  }
  const pictures = await question.pictures();
  const { task, data, rejected } = question;
  const text = task.instructions + schemaOf(task) + data + (rejected ? rejected.text + rejected.repair : '');
  const estimate = {
    tokens_in: pictures.reduce((sum, picture) => sum + pictureTokens(picture), 0) + textTokens(text),
    tokens_out: asking.settings.maxReplyTokens,
  };
  const settle = await budget.reserve(estimate);
  if (!settle) throw new OverBudget('The job has no more budget for the language model');
  let paid = free;
  try {
    const reply = await asking.callModel(deadline, (signal) => generate(question, pictures, asking, signal));
    paid = {
      tokens_in: reply.usage.tokens_in ?? estimate.tokens_in,
      tokens_out: reply.usage.tokens_out ?? textTokens(reply.text),
    };
    const { text, finish } = reply;
    await cache.putReply(hash, { text, finish, ...paid, paid_by: jobId });
    return { text, finish, paid };
  } finally {
    settle(paid);
  }
}

/** Treats a cached reply of another version as absent. */
function noneIfUnreadable(error: unknown): undefined {
  if (!(error instanceof ArtifactInvalid)) throw error;
}
