import type { SeriesCast, Speaker } from './cast.ts';
import { didYouMean, nearestName } from './nearest-name.ts';
import { type Character, isSameName, type Story } from './story.ts';

/** Sources of a series' characters: the memory of its story, the voices that it keeps, and a script. */
export interface Known {
  story?: Pick<Story, 'characters'> | undefined;
  cast?: Pick<SeriesCast, 'members'> | undefined;
  speakers?: readonly Pick<Speaker, 'name'>[] | undefined;
}

type Named = Pick<Character, 'name'> & { original?: string };

/** Number of notes on a job; a file can have thousands of names. */
const most = 20;

/**
 * Returns a note for each name in the cast of a series' settings that no character of the series has: it is misspelt, or the character
 * comes later. A name that the pages have, and the narration does not, counts as misspelt, since it chooses nothing.
 */
export function notesOfCast(chosen: readonly string[], { story, cast, speakers = [] }: Known): string[] {
  const known: Named[] = [...(story?.characters ?? []), ...(cast?.members ?? []), ...speakers];
  const unknown = chosen.filter((name) => !known.some((one) => isSameName(one.name, name)));
  const notes = unknown.slice(0, most).map((name) => {
    const translated = known.find(({ original = '' }) => isSameName(original, name));
    const meant = translated
      ? translated.name
      : nearestName(
          name,
          known.map((one) => one.name),
        );
    return `no character of the series so far is called “${name}”, for whom its settings choose a voice${didYouMean(meant)}`;
  });
  const more = unknown.length - most;
  return more > 0 ? [...notes, `and ${more} more names of the cast`] : notes;
}
