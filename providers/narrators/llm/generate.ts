import { generateText, type LanguageModel, NoObjectGeneratedError, Output } from 'ai';
import { span } from '../../tracing/span.ts';
import type { PanelPicture } from './pictures.ts';
import { schemaOf } from './prompt.ts';
import type { Question } from './question.ts';
import type { LlmSettings } from './settings.ts';

/** Sends one request and returns its reply as text; the caller parses it. */
export async function generate(
  { task, data, rejected }: Question,
  pictures: readonly PanelPicture[],
  { model, settings }: { model: LanguageModel; settings: LlmSettings },
  abortSignal: AbortSignal,
) {
  const shown = pictures.flatMap(({ label, jpeg }) => [
    { type: 'text' as const, text: `Khung ${label}:` },
    { type: 'file' as const, mediaType: 'image/jpeg', data: jpeg },
  ]);
  const hint = settings.jsonSchema ? '' : `\nLược đồ JSON: ${schemaOf(task)}`;
  const page = [
    { type: 'text' as const, text: data },
    ...shown,
    { type: 'text' as const, text: task.ask + hint },
  ];
  try {
    const ask = () =>
      generateText({
        model,
        instructions: task.instructions,
        messages: [
          { role: 'user', content: page },
          ...(rejected
            ? ([
                { role: 'assistant', content: rejected.text.slice(0, 8000) || '(trống)' },
                { role: 'user', content: rejected.repair },
              ] as const)
            : []),
        ],
        output: settings.jsonSchema ? Output.object({ schema: task.schema, name: task.name }) : Output.json(),
        maxOutputTokens: settings.maxReplyTokens,
        ...(settings.temperature !== undefined && { temperature: settings.temperature }),
        // Retries are made outside, at a pace that all pages share.
        maxRetries: 0,
        abortSignal,
      });
    const { text, finishReason, usage } = await span('model', ask, { task: task.name });
    return { text, finish: finishReason, usage: usageOf(usage) };
  } catch (error) {
    if (!NoObjectGeneratedError.isInstance(error)) throw error;
    return { text: error.text ?? '', finish: error.finishReason ?? 'other', usage: usageOf(error.usage) };
  }
}

const usageOf = (
  usage: { inputTokens: number | undefined; outputTokens: number | undefined } | undefined,
) => ({
  tokens_in: usage?.inputTokens,
  tokens_out: usage?.outputTokens,
});
