import { playEach } from './testing/play-each.ts';
import { failuresOfSource } from './testing/source.ts';

playEach(failuresOfSource, [], { settings: { chapterSource: 'mangadex' } });
