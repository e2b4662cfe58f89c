import bidirectional from 'bidi-js';
import { latinLetters } from './latin-letters.ts';
import { type Noto, type NotoPackage, notoPackages, openNoto } from './noto.ts';
import { latinRun, lettersOf, type Run } from './run.ts';
import { type Typeface, typefaceOf } from './typeface.ts';

/** Node treats the package as CommonJS: its only export is the default export of its types. */
const bidi = (bidirectional as unknown as typeof bidirectional.default)();

/** Lines with letters that are not all Latin. */
export interface ForeignLetters {
  has(letter: string): boolean;
  /** The runs of a line from left to right, whatever the direction of their letters (Unicode Standard Annex 9). */
  runsOf(line: string): Run[];
}

const packages = new Map<NotoPackage, Promise<Noto>>();
const typefaces = new Map<string, Promise<Typeface>>();

/** Caches typefaces, since a process draws many texts of one title. */
function once<Key, Value>(kept: Map<Key, Promise<Value>>, key: Key, make: () => Promise<Value>) {
  const made = kept.get(key) ?? make();
  kept.set(key, made);
  return made;
}

/**
 * Finds typefaces for letters. The package that has most of them comes first, so that a title has one style: a Chinese
 * title in simplified letters is not drawn half in Japanese forms. Missing letters come from the next package.
 */
export async function foreignLetters(letters: readonly string[]): Promise<ForeignLetters> {
  const notos = await Promise.all(
    notoPackages.map(async (name) => {
      const noto = await once(packages, name, () => openNoto(name));
      const count = letters.filter((letter) => partOf(noto, letter) !== undefined).length;
      return { name, noto, count };
    }),
  );
  const found = new Map<string, Typeface>();
  for (const { name, noto } of notos.sort((a, b) => b.count - a.count)) {
    for (const letter of letters) {
      const part = partOf(noto, letter);
      if (part === undefined || found.has(letter)) continue;
      const make = async () => typefaceOf(await noto.read(part));
      const typeface = await once(typefaces, `${name}/${part}`, make);
      if (typeface(letter, 'ltr')) found.set(letter, typeface);
    }
  }
  return {
    has: (letter) => found.has(letter),
    runsOf: (line) => visualOrder(piecesOf(line, found)).map(runOf),
  };
}

const partOf = (noto: Noto, letter: string) => noto.partOf(letter.codePointAt(0) ?? 0);

/** Letters of one typeface and one direction; Latin ones have no typeface here. */
interface Piece {
  letters: string[];
  typeface: Typeface | undefined;
  /** Odd if it is read from right to left. */
  level: number;
}

function piecesOf(line: string, typefaces: ReadonlyMap<string, Typeface>): Piece[] {
  const { levels } = bidi.getEmbeddingLevels(line);
  const pieces: Piece[] = [];
  let at = 0;
  for (const letter of lettersOf(line)) {
    const level = levels[at] ?? 0;
    at += letter.length;
    const typeface = letter in latinLetters ? undefined : typefaces.get(letter);
    const last = pieces.at(-1);
    if (last && last.typeface === typeface && last.level === level) last.letters.push(letter);
    else pieces.push({ letters: [letter], typeface, level });
  }
  return pieces;
}

/** Reverses runs from the highest level down (rule L2 of the annex). */
function visualOrder(pieces: readonly Piece[]): Piece[] {
  const ordered = [...pieces];
  const highest = Math.max(0, ...pieces.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while ((ordered[end]?.level ?? 0) >= level) end++;
      if (end === start) continue;
      ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered;
}

function runOf({ letters, typeface, level }: Piece): Run {
  const fromRight = level % 2 === 1;
  if (!typeface) return latinRun(fromRight ? letters.map(mirrored).reverse() : letters);
  const run = typeface(letters.join(''), fromRight ? 'rtl' : 'ltr');
  if (!run) throw new Error(`No font has all letters of “${letters.join('')}”, although each is in one`);
  return run;
}

const mirrored = (letter: string) => bidi.getMirroredCharacter(letter) ?? letter;
