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

/** Returns the words of a name in lower case, without marks, as a person could misspell them. */
const wordsOf = (name: string): string[] =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Returns whether one name could be the other with other marks, or with a word more: Kenji and Kenji-san. */
function isNearlySameName(one: string, other: string): boolean {
  const [short = [], long = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  return short.length > 0 && long.length - short.length <= 1 && short.every((word) => long.includes(word));
}

/** Returns a note for each voice that a job chose, if a listener could take it for a fault. */
export function notesOfChoices(jobId: string, { members }: Pick<SeriesCast, 'members'>): string[] {
  const chosen = members.filter((member) => member.chosen?.job_id === jobId);
  const notes = chosen.flatMap(({ name, chosen }) => {
    if (chosen?.why === 'gone')
      return `${name} has another voice than in earlier videos: ${chosen.instead_of} is not offered now, or is the narrator's.`;
    if (chosen?.why === 'alike')
      return `${name} has another voice than in earlier videos, since somebody they talk with has ${chosen.instead_of} too.`;
    const twin = members.find((other) => other.name !== name && isNearlySameName(other.name, name));
    return twin
      ? `${name} is new and has another voice than ${twin.name}: if both are one person, choose the same voice in the series' settings.`
      : [];
  });
  const more = notes.length - most;
  return more > 0 ? [...notes.slice(0, most), `and ${more} more voices of the cast`] : notes;
}
