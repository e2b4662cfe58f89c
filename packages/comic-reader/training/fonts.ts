import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';

/** One style of a font, from npm's `@fontsource/<id>`. */
export interface Face {
  id: string;
  weight: number;
  style: 'normal' | 'italic';
}

const facesOf = (list: string): readonly Face[] =>
  list.split(',').map((face) => {
    const [id = '', weight, style] = face.trim().split(' ');
    return { id, weight: Number(weight), style: style === 'italic' ? 'italic' : 'normal' };
  });

/**
 * Free fonts with all Vietnamese letters (OFL-1.1): handwriting, and the round, heavy and slanted letters of comics. Fonts that are
 * scored, here or on the pages that the tests and benches draw, are missing.
 */
export const trainedFaces = facesOf(`
  mali 400, mali 600, playpen-sans 400, playpen-sans 700, shantell-sans 400, shantell-sans 700,
  shantell-sans 600 italic, grandstander 400, grandstander 800, grandstander 700 italic, gluten 400,
  gluten 700, fuzzy-bubbles 400, fuzzy-bubbles 700, mansalva 400, sedgwick-ave 400, amatic-sc 700,
  yomogi 400, coiny 400, paytone-one 400, rowdies 700, kanit 600, kanit 700 italic, nunito 800 italic,
  barlow-condensed 700 italic, exo-2 800 italic, phudu 800, dela-gothic-one 400, protest-guerrilla 400,
  sigmar-one 400, be-vietnam-pro 700 italic, be-vietnam-pro 500, montserrat-alternates 700 italic,
  lemonada 500, signika 600, comfortaa 600, bungee 400, bahianita 400, barriecito 400, pattaya 400,
  jaro 400, cherry-bomb-one 400, sedgwick-ave-display 400, andika 700 italic,
  fira-sans-condensed 800 italic, fira-sans-condensed 500, saira-condensed 700, alfa-slab-one 400,
  varela-round 400, sansita-swashed 600, charm 400, quicksand 600
`);

export const scoredFaces = facesOf(`
  bangers 400, patrick-hand 400, itim 400, pangolin 400, sriracha 400, baloo-2 600, protest-riot 400,
  chakra-petch 700 italic, grape-nuts 400, kodchasan 700, mynerve 400, lalezar 400, mitr 500,
  patrick-hand-sc 400
`);

const require = createRequire(import.meta.url);
const loaded = new Map<string, Font[]>();

function fontsOf({ id, weight, style }: Face): Font[] {
  const key = `${id}-${weight}-${style}`;
  const known = loaded.get(key);
  if (known) return known;
  const fonts = ['latin', 'vietnamese', 'latin-ext'].map((subset) => {
    const file = require.resolve(`@fontsource/${id}/files/${id}-${subset}-${weight}-${style}.woff`);
    return opentype.parse(new Uint8Array(readFileSync(file)).buffer);
  });
  loaded.set(key, fonts);
  return fonts;
}

export function glyphOf(character: string, of: Face) {
  const fonts = fontsOf(of);
  const font = fonts.find((candidate) => candidate.charToGlyphIndex(character) > 0);
  if (!font) return null;
  return { glyph: font.charToGlyph(character), unitsPerEm: font.unitsPerEm };
}
