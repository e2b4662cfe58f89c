/*
 * Words that imitate a noise, as they are drawn into pictures. Words for a voice, such as `hừ` or `hm`, are left out, since a
 * person says them.
 */
const vietnamese =
  'rầm ầm ùm bùm đùng đoàng uỳnh huỳnh huỵch uỵch oạch bốp bộp bụp bịch phịch phập phốc cốc cộc cạch lạch tách lách róc ' +
  'kẹt két kít tít reng leng keng choang xoảng loảng boong bính beng sột soạt xoạt roạt rột roẹt xoẹt xẹt toạc xèo vù vút vèo ' +
  'vụt phụt phừng tõm bõm lộp độp xình xịch thình thịch rốp rắc lạo xạo gâu oẳng meo ngoao chíp chiếp reng ting';
const english =
  'bam bang beep bonk boom bump buzz clack clang clank clap click clink clunk crack crackle crash creak crunch ding dong drip ' +
  'fizz flap flick flip flop gulp honk jingle kaboom klak klik knock meow munch ping plop poof pop pow puff ring roar rumble ' +
  'rustle scratch screech shatter slam slap slurp smack smash snap sniff splash splat squeak swish swoosh tap thud thump ' +
  'thwack tick tock twang vroom wham whack whirr whizz whoosh woof woosh zap zing zoom';

const words = new Set(`${vietnamese} ${english}`.split(' '));

/** Returns whether a text has no other words than noises; a prolonged one is `RẦMMM` or `BOOOM`. */
export function isNoise(text: string): boolean {
  const all =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? [];
  const isKnown = (word: string) =>
    ['$1', '$1$1'].some((letter) => words.has(word.replace(/(\p{L})\1+/gu, letter)));
  return all.length > 0 && all.every((word) => words.has(word) || isKnown(word));
}
