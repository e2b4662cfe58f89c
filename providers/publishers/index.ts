import { ConfigurationError } from '../../domain/errors.ts';
import { folderPublisher } from './folder.ts';
import type { Publisher } from './publisher.ts';
import type { YouTubePorts, YouTubeSettings } from './youtube/ports.ts';
import { youtubePublisher } from './youtube/youtube.ts';

export interface PublisherSettings {
  folder: string;
  /** Asked for only when it is YouTube that publishes. */
  youtube?: () => { settings: YouTubeSettings; ports: YouTubePorts };
}

/** The publisher that the configuration names. */
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
