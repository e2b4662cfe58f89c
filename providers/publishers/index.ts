import type { Config } from '../../config.ts';
import { folderPublisher } from './folder.ts';
import type { Publisher } from './publisher.ts';

export interface PublisherSettings {
  folder: string;
}

/** The publisher that the configuration names. */
export function createPublisher(name: Config['publisher'], settings: PublisherSettings): Publisher {
  switch (name) {
    case 'folder':
      return folderPublisher(settings.folder);
  }
}
