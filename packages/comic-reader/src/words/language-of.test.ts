import { languageOf } from './language-of.ts';

describe('the language of recognized words', () => {
  test.each([
    ['vi', 'Sáng nay chợ đông quá, chẳng ai nhìn thấy con mèo của tôi cả.'],
    ['vi', 'ĐỪNG MỞ CỬA SỔ, GIÓ SẼ THỔI BAY HẾT GIẤY TỜ MẤT.'],
    ['en', "I've walked all morning and nobody has seen my cat, isn't that odd?"],
    ['en', 'EXCUSE ME, DID ANYONE FIND A LITTLE BRASS KEY NEAR THE OLD BRIDGE?'],
    ['es', 'Esta mañana el mercado estaba lleno y nadie ha visto a mi gato, perdone, cerca del puente'],
    ['nl', 'Vanmorgen was de markt vol en niemand heeft mijn kat gezien bij de brug'],
    ['tl', 'Kaninang umaga ay puno ang palengke at walang nakakita sa pusa ko'],
    ['fr', "Je ne sais pas ce que vous voulez dire, mais c'est très bien pour nous"],
  ])('is %s', (language, text) => {
    expect(languageOf(text.split(' '))).toBe(language);
  });

  test('is another one than Vietnamese if long words do not have its syllables, whatever language they are in', () => {
    const swahili =
      'Asubuhi hii soko lilikuwa limejaa watu, hakuna aliyemwona paka wangu, tafadhali mvua itanyesha';
    expect(languageOf(swahili.split(' '))).toBe('und');
    const withoutMarks = 'Sang nay cho dong qua, chang ai nhin thay con meo cua toi ca, bac ban hang oi';
    expect(languageOf(withoutMarks.split(' '))).toBeNull();
    const misread = 'Sáng nảy chợ đỏng qùaa, chăngg ai nhịn thâyy conn mẻo củaa tôii cãã';
    expect(languageOf(misread.split(' '))).not.toBe('und');
  });

  test('is unknown if words are few, or match no language', () => {
    expect(languageOf(['Hello', 'there'])).toBeNull();
    expect(languageOf('lI1 x# ww oq fj ktt mnm zz qrs vvx'.split(' '))).toBeNull();
  });
});
