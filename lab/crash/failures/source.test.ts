import { failuresOfSource } from './source.ts';
import { playEach } from './testing/play-each.ts';

playEach(failuresOfSource, [], { settings: { chapterSource: 'mangadex' } });
