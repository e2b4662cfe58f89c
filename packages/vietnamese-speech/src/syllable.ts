/** The rimes of Vietnamese without tones (Đoàn Thiện Thuật, Ngữ âm tiếng Việt), by their first letter. */
const rimes = new Set(
  [
    'a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây',
    'e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu',
    'i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu',
    'o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong',
    'oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt',
    'u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut',
    'uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu',
    'y ych ym yn ynh yt yêm yên yêng yêt yêu',
  ].flatMap((row) => row.split(' ')),
);

const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const parts = /^(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?(.+)$/u;
const soft = /^[eêiy]/u;

function isOnset(onset: string, rime: string): boolean {
  if (onset === 'k' || onset === 'gh' || onset === 'ngh') return soft.test(rime);
  if (onset === 'c' || onset === 'g' || onset === 'ng') return !/^[eêiy]/u.test(rime);
  return true;
}

/** Returns whether a word is a Vietnamese syllable: an onset, a rime, and a tone that its final consonant allows. */
export function isSyllable(word: string): boolean {
  const marked = word.toLowerCase().normalize('NFD');
  const toned = marked.match(tones) ?? [];
  if (toned.length > 1) return false;
  const plain = marked.replace(tones, '').normalize('NFC');
  // A final stop allows only two tones.
  if (/(?:ch|[cpt])$/u.test(plain) && !/[\u0301\u0323]/u.test(toned[0] ?? '')) return false;
  // Gì and giếng share their letter i with the rime, quốc its u.
  if (/^g(?:i|in|ip|im|iêng|iêc)$/u.test(plain) || /^qu(?:ôc|y|i)$/u.test(plain)) return true;
  const [, onset = '', rime = ''] = parts.exec(plain) ?? [];
  return rimes.has(rime) && isOnset(onset, rime);
}
