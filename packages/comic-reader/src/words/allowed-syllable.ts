/**
 * Returns whether a syllable is possible in Vietnamese: an onset, a rime of the language in its spelling after this onset,
 * and a tone that the rime can have. Stricter than `isVietnameseSyllable`, which only distinguishes words from art.
 */
export function isAllowedSyllable(word: string): boolean {
  const marks = word.toLowerCase().normalize('NFD');
  const tones: string[] = marks.match(toneMarks) ?? [];
  if (tones.length > 1) return false;
  const plain = marks.replace(toneMarks, '').normalize('NFC');
  const [, onset = '', rime = ''] = parts.exec(plain) ?? [];
  if (!isSpelt(onset, rime)) return false;
  return !stop.test(rime) || tones.includes(acute) || tones.includes(dot);
}

const acute = '\u0301';
const dot = '\u0323';
/** Grave, acute, hook, tilde, dot below, as combining marks. */
const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** Finals that allow only two tones. */
const stop = /(c|ch|p|t)$/;

const parts = /^(ngh|ng|nh|ch|gh|gi(?=[aăâeêoôơuư])|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?(.+)$/;

/** Rimes by their first vowel, as in the tables that schools teach. */
const rimes = new Set(
  [
    'a ac ach ai am an ang anh ao ap at au ay',
    'ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây',
    'e ec em en eng eo ep et ê êch êm ên ênh êp êt êu',
    'i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu',
    'o oc oi om on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt',
    'oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet',
    'u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt',
    'uân uâng uât uây uê uêch uênh uơ uy uya uych uyn uynh uyt uyp uyu uyên uyêt',
    'ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu',
    'y ych yt yêm yên yêng yêt yêu',
  ].flatMap((line) => line.split(' ')),
);
/** Rimes after qu, whose u is the glide. */
const afterQu = new Set(
  [
    'a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây',
    'e en eo et ê êch ên êt i ich in inh it ơ ôc y ynh yt yên yêt yu',
  ].flatMap((line) => line.split(' ')),
);
/** Here the i of gi is the vowel of the rime: gì, gìn, giếng. */
const beforeI = /^[ieêy]/;

function isSpelt(onset: string, rime: string): boolean {
  if (onset === 'qu') return afterQu.has(rime);
  // The i of gi is also the first vowel of iê.
  if (onset === 'gi') return rimes.has(rime) || rimes.has(`i${rime}`);
  if (!rimes.has(rime)) return false;
  if (/^(k|gh|ngh)$/.test(onset)) return beforeI.test(rime);
  if (onset === 'c' || onset === 'ng') return !beforeI.test(rime);
  if (onset === 'g') return !beforeI.test(rime) || rime.startsWith('i');
  // y is alone, or replaces i after a consonant that allows both.
  return !/^y(?!$)/.test(rime) || onset === '';
}
