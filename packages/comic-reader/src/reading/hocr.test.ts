import { wordsOfHocr } from './hocr.ts';

const choice = (letter: string, confidence: number) =>
  `<span class='ocrx_cinfo' id='choice_1_1_1' title='x_confs ${confidence}'>${letter}</span>`;
const place = (...choices: string[]) =>
  `<span class='ocrx_cinfo' id='lstm_choices_1_1_1'>${choices.join('')}</span>`;
const word = (text: string, ...places: string[]) =>
  `<span class='ocrx_word' id='word_1_1' title='bbox 9 84 75 114; x_wconf 91'>${text}${places.join('')}</span>`;
const line = (...words: string[]) =>
  `<span class='ocr_line' id='line_1_1' title="bbox 9 80 469 118">${words.join('')}</span>`;

test('words have their boxes and the alternatives of each letter', () => {
  const hocr = line(
    word('đi', place(choice(' ', 94)), place(choice('đ', 90), choice('d', 12)), place(choice('i', 88))),
  );
  expect(wordsOfHocr(hocr)).toEqual([
    [
      {
        text: 'đi',
        confidence: 91,
        box: { x: 9, y: 84, w: 66, h: 30 },
        choices: [
          [
            { letter: 'đ', confidence: 90 },
            { letter: 'd', confidence: 12 },
          ],
          [{ letter: 'i', confidence: 88 }],
        ],
      },
    ],
  ]);
});

test('a dagger becomes a t, a zero among capitals an O, and markup text', () => {
  const read = wordsOfHocr(line(word('†a'), word('KH0NG'), word('50'), word('A&amp;B')));
  expect(read.flat().map(({ text }) => text)).toEqual(['ta', 'KHONG', '50', 'A&B']);
});
