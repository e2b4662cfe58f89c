import type { TrueChapter } from '../panels/chapters.ts';
import type { Script } from './foreign-page.ts';

/**
 * Pages that limits are set on (`dev`), and pages that are only scored. Pages are `dev` if they were looked at while the reader
 * was built; docs/video.md names them.
 */
export type SetName = 'dev' | 'score';

export const setOfPage = ({ name }: TrueChapter, page: number): SetName =>
  /ep06/.test(name) || (/ubunchu/.test(name) && page % 2 === 0) ? 'score' : 'dev';

/** Returns seeds of drawn pages, from 1 for those that limits are set on. */
export const seedsOf = (set: SetName, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (set === 'dev' ? 1 : 5001) + i);

export const scriptsOf: Readonly<Record<SetName, readonly Script[]>> = {
  dev: ['Japanese in print', 'Chinese by hand'],
  score: ['Japanese by hand', 'Korean in print'],
};
