import type { Config } from '../../config.ts';
import type { Narrator } from './narrator.ts';
import { createOcrNarrator } from './ocr.ts';

export type { Narrator, PageToNarrate } from './narrator.ts';

/** The one place where a narrator is chosen. */
export async function createNarrator(name: Config['narrator']): Promise<Narrator> {
  switch (name) {
    case 'ocr':
      return createOcrNarrator();
  }
}
