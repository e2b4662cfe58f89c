import type { Target } from '../target.ts';
import { archive } from './archive.ts';
import { catalogue } from './catalogue.ts';
import { comicInfo } from './comic-info.ts';
import { definition } from './definition.ts';
import { events } from './events.ts';
import { image } from './image.ts';
import { languageModel } from './language-model.ts';
import { lettering } from './lettering.ts';
import { metadata } from './metadata.ts';
import { names } from './names.ts';
import { settings } from './settings.ts';
import { speech } from './speech.ts';
import { userData } from './user-data.ts';
import { voiceAnswer } from './voice-answer.ts';

/** Every parser of something from outside. `folder` is the only place where one may write. */
export const targets = (folder: string): Readonly<Record<string, () => Promise<Target>>> => ({
  archive: () => archive(folder),
  image,
  'comic-info': comicInfo,
  'language-model': languageModel,
  lettering,
  speech,
  catalogue,
  events,
  metadata,
  'user-data': userData,
  'voice-answer': voiceAnswer,
  definition,
  names,
  settings,
});
