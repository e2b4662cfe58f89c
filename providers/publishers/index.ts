import { ConfigurationError } from '../../domain/errors.ts';
import { folderPublisher } from './folder.ts';
import type { Publisher } from './publisher.ts';
import type { YouTubePorts, YouTubeSettings } from './youtube/ports.ts';
import { youtubePublisher } from './youtube/youtube.ts';

export interface PublisherSettings {
  folder: string;
  /** Called only if YouTube is the publisher. */
  youtube?: () => { settings: YouTubeSettings; ports: YouTubePorts };
}

/** Creates the configured publisher. */
export function createPublisher(name: 'folder' | 'youtube', settings: PublisherSettings): Publisher {
  switch (name) {
    case 'folder':
      return folderPublisher(settings.folder);
    case 'youtube': {
      if (!settings.youtube) throw new ConfigurationError('The publisher youtube has no settings here');
      const { settings: channel, ports } = settings.youtube();
      return youtubePublisher(channel, ports);
    }
  }
}
