import type { Script } from '../../domain/script.ts';
import type { Speech } from '../../domain/speech.ts';

/** Returns who says some segments and in which voice, in spoken order. The narrator says what a character does. */
export function sayersOf(
  segments: readonly number[],
  { segments: told }: Pick<Script, 'segments'>,
  { voice, cast = [] }: Pick<Speech, 'voice' | 'cast'>,
): string[] {
  const sayers = told
    .filter(({ index }) => segments.includes(index))
    .map(({ kind, speaker }) => cast.find(({ name }) => kind === 'speech' && name === speaker))
    .map((character) => (character ? `${character.name}: ${character.sound}` : `narrator: ${voice}`));
  return [...new Set(sayers)];
}
