/*
 * Syllables that comics say and draw, and that are missing in the pairs, which are from web pages: sounds, and words for how
 * people laugh, walk, eat, cry and look.
 */
const words =
  'khẹc đoàng bốp bộp cạch kít reng leng sột soạt xoạt rột roạt phập phốc phắc ùm tõm bõm lộp độp uỳnh huỵch uỵch oạch ' +
  'khục sịt thút oẳng gâu ọc ọt ợ thịch phứt phịch xoẹt roẹt toạc xoạc loảng xoảng rốp rộp lạo phừng xẹt toe toét toáng quạc ' +
  'chiếp ngoao ngoạm nhoàm nhóp tóp ừng khè khò khụt khịt ngáp ngoác nhoẻn khẩy sằng nhởn lèm bèm lải nhải xầm lủi thủi lững ' +
  'thững lảo loạng choạng nghịu lẩy bủn rủn điếng lịm ngủm ngoẻo đù cáng nhãi oắt oách ngóm choai láu táu toé bươm luộm thuộm ' +
  'khắm ngậy rụm lẹt lòm nhoạng nhem khoắt hoắm choèn chảng xiu bẫng trịch oặt nhũn nhoét sũng nhẹp ịch hụi lúi húi hoáy ' +
  'nguậy giãy giụa quẫy chổng vó nhủi tòm phóc huých thụi bợp liệng choảng húp nốc chụt ẵm huơ bồm khều gãi sồn nhột khạc ' +
  'toẹt sụa xược xấc xuể rơn láp';

export const speechSyllables: ReadonlySet<string> = new Set(words.split(' '));
