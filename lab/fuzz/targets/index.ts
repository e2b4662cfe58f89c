import type { Target } from '../target.ts';

/**
 * Every parser of external data. Each is imported on request, because an attack runs in its own process and loads
 * nothing else. `folder` is the only place that it can write to.
 */
export const targets = (folder: string): Readonly<Record<string, () => Promise<Target>>> => ({
  archive: async () => (await import('./archive.ts')).archive(folder),
  image: async () => (await import('./image.ts')).image(),
  'comic-info': async () => (await import('./comic-info.ts')).comicInfo(),
  'language-model': async () => (await import('./language-model.ts')).languageModel(),
  lettering: async () => (await import('./lettering.ts')).lettering(),
  speech: async () => (await import('./speech.ts')).speech(),
  catalogue: async () => (await import('./catalogue.ts')).catalogue(),
  events: async () => (await import('./events.ts')).events(),
  metadata: async () => (await import('./metadata.ts')).metadata(),
  'user-data': async () => (await import('./user-data.ts')).userData(),
  'voice-answer': async () => (await import('./voice-answer.ts')).voiceAnswer(),
  definition: async () => (await import('./definition.ts')).definition(),
  names: async () => (await import('./names.ts')).names(),
  settings: async () => (await import('./settings.ts')).settings(),
});
