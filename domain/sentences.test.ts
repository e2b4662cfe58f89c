import { sentencesOf } from './sentences.ts';

test.each([
  ['Đi thôi. Mưa rồi!', ['Đi thôi.', 'Mưa rồi!']],
  [
    '“Ai đó?” Lan hỏi. (Không ai đáp.) Gió nổi lên…',
    ['“Ai đó?”', 'Lan hỏi.', '(Không ai đáp.)', 'Gió nổi lên…'],
  ],
  ['Ai đó ? ” Không có ai ! ”', ['Ai đó ? ”', 'Không có ai ! ”']],
  ['Chờ đã… – Không!', ['Chờ đã…', '– Không!']],
  ['Giá 3.5 đồng, v.v. là hết', ['Giá 3.5 đồng, v.v. là hết']],
  ['無断転載禁止。 ここまで。', ['無断転載禁止。', 'ここまで。']],
  ['Dòng một\n\nDòng hai', ['Dòng một', 'Dòng hai']],
  ['   ', []],
])('%j', (text, sentences) => {
  expect(sentencesOf(text)).toEqual(sentences);
});
