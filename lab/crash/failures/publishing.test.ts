import { failuresOfPublishing } from './publishing.ts';
import { playEach } from './testing/play-each.ts';

playEach(failuresOfPublishing, ['youtube'], { settings: { review: 'manual', reviewHours: 1 } });
