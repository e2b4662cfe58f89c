/*
 * Words of speech and narration: pronouns, particles, connectives and adverbs of time. Lettering on things names and forbids.
 * Kinship terms are left out, since shops have them in their names, and so are the words of notices.
 */
const vietnamese =
  'tôi tớ mình ta chúng cậu mày tao nó hắn họ ai gì sao đâu nào này ấy đó đây thế vậy và nhưng thì là mà của đã đang sẽ vừa ' +
  'rồi chưa đừng cũng vẫn còn chỉ rất quá lắm à ạ ơi ơ ừ ờ nhé nhỉ hả hử thôi khi lúc sau hôm bỗng nếu vì nên bị với ở ' +
  'trong từng liền lại thật kìa';
const english =
  'i you he she we they it me him us them my your his her our their this that these those is are was were am be been do does ' +
  'did have has had will would can could should must may might not and but so because if then when while what who how why ' +
  "where there here just very too later after before meanwhile ago soon once oh ah hey well yes yeah i'm it's let's don't " +
  'went came said thought';

const words = new Set(`${vietnamese} ${english}`.split(' '));

/** Returns the number of words of speech and narration in a text. */
export const speakingWords = (text: string): number =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[^\p{L}\p{M}']+/u)
    .filter((word) => words.has(word) || /'(?:m|s|re|ve|ll|d|t)$/u.test(word)).length;
