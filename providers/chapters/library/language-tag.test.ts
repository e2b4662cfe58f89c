import { languageTag } from './language-tag.ts';

test.each([
  ['vi', 'vi'],
  ['VI', 'vi'],
  ['vie', 'vi'],
  ['vi-VN', 'vi-VN'],
  ['en_US', 'en-US'],
  ['Vietnamese', 'vi'],
  ['Tiếng Việt', 'vi'],
  ['tiếng Nhật', 'ja'],
  ['Japanese', 'ja'],
  ['日本語', 'ja'],
  ['English (US)', 'en'],
  ['jpn', 'ja'],
  ['jp', 'ja'],
  ['fre', 'fr'],
  ['fra', 'fr'],
  ['ger', 'de'],
  ['chi', 'zh'],
  ['zho', 'zh'],
  ['cze', 'cs'],
  ['dut', 'nl'],
  ['zh-Hant', 'zh-Hant'],
  ['fil', 'fil'],
  ['pt-br', 'pt-BR'],
  ['Brazilian Portuguese', 'pt-BR'],
  ['Simplified Chinese', 'zh-Hans'],
  ['Cantonese', 'yue'],
  ['Filipino', 'fil'],
  ['Spanish; Castilian', 'es'],
])('%s is %s', (written, tag) => expect(languageTag(written)).toBe(tag));

test.each(['', 'und', 'mul', 'xx', 'xyz', 'klingon?', 'eng, vie', 'English; Vietnamese', '-', '42'])(
  '%p is not a language',
  (written) => {
    expect(languageTag(written)).toBeNull();
  },
);
