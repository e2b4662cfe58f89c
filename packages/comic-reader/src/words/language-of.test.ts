import { languageOf } from './language-of.ts';

describe('the language of recognized words', () => {
  test.each([
    ['vi', 'Sáng nay chợ đông quá, chẳng ai nhìn thấy con mèo của tôi cả.'],
    ['vi', 'ĐỪNG MỞ CỬA SỔ, GIÓ SẼ THỔI BAY HẾT GIẤY TỜ MẤT.'],
    ['en', "I've walked all morning and nobody has seen my cat, isn't that odd?"],
    ['en', 'EXCUSE ME, DID ANYONE FIND A LITTLE BRASS KEY NEAR THE OLD BRIDGE?'],
    ['fr', "Je ne sais pas ce que vous voulez dire, mais c'est très bien pour nous"],
  ])('is %s', (language, text) => {
    expect(languageOf(text.split(' '))).toBe(language);
  });

  test('is unknown if words are few, or match no language', () => {
    expect(languageOf(['Hello', 'there'])).toBeNull();
    expect(languageOf('lI1 x# ww oq fj ktt mnm zz qrs vvx'.split(' '))).toBeNull();
  });
});
