import { ConfigurationError } from '../../domain/errors.ts';
import type { LlmPorts } from './llm/llm-narrator.ts';
import type { LlmSettings } from './llm/settings.ts';
import type { Narrator, StoryNarrator } from './narrator.ts';
import { createOcrNarrator } from './ocr.ts';

export { KeptReply } from './llm/kept-reply.ts';
export type { LlmPorts } from './llm/llm-narrator.ts';
export { endpointOf, LlmSettings } from './llm/settings.ts';
export type { Narrator, StoryNarrator } from './narrator.ts';

export type NarratorName = 'ocr' | 'llm';

/**
 * Creates the chosen narrator.
 * @throws ConfigurationError when the llm narrator lacks its settings or its access
 */
export function createNarrator(name: 'ocr'): Promise<Narrator>;
export function createNarrator(
  name: NarratorName,
  settings?: LlmSettings,
  ports?: LlmPorts,
): Promise<Narrator | StoryNarrator>;
export async function createNarrator(
  name: NarratorName,
  settings?: LlmSettings,
  ports?: LlmPorts,
): Promise<Narrator | StoryNarrator> {
  switch (name) {
    case 'ocr':
      return createOcrNarrator();
    case 'llm': {
      if (!settings || !ports) throw new ConfigurationError('The llm narrator has no settings');
      // Loaded only if it is used: starting the AI SDK takes longer than reading a page.
      const { createLlmNarrator } = await import('./llm/llm-narrator.ts');
      return createLlmNarrator(settings, ports);
    }
  }
}
