import { playEach } from './testing/play-each.ts';
import { failuresOfPublishing } from './testing/publishing.ts';

playEach(failuresOfPublishing, ['youtube'], { settings: { review: 'manual', reviewHours: 1 } });
