import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isAllVietnamese,
  isForeignSentence,
  isInLatinLetters,
  isVietnamese,
  wordsOfNames,
} from './vietnamese.ts';

test.each([
  'Cô bé Lan nhìn theo chiếc ô bay lên trời, lòng buồn rười rượi.',
  'Tanaka và Suzuki chạy về phía ga Shinjuku, không ai nói với ai lời nào.',
  'Ha ha! Hay quá!',
  'Đi thôi.',
  'Kim ơi!',
  'Anh ta ra xem sao.',
  'ĐỨNG LẠI! TRẢ Ô CHO CHỊ NGAY!',
  '“Cậu có nghe thấy tiếng gì không?”, Minh hỏi khẽ.',
  'Năm 1975, ông rời quê hương.'.normalize('NFD'),
])('%p is Vietnamese', (text) => {
  expect(isVietnamese(text)).toBe(true);
});

test.each([
  'The girl looks up at the grey sky and sighs.',
  'THE GIRL LOOKS UP AT THE SKY.',
  'The Girl Looks Up At The Sky',
  'I am sorry, but I cannot help with that request.',
  "La petite fille regarde le ciel gris, très étonnée d'être là.",
  'Das Mädchen schaut in den grauen Himmel.',
  'Gadis itu melihat ke langit yang kelabu dan menghela napas.',
  '少女は空を見上げた。',
  'Cô bé nói: 逃げろ!',
  'Девочка смотрит на небо.',
  'co be nhin len bau troi xam va tho dai mot cai',
  '123 456',
  '',
])('%p is not Vietnamese', (text) => {
  expect(isVietnamese(text)).toBe(false);
});

test('every sentence of the sample chapter is Vietnamese', async () => {
  const truth = await readFile(join(import.meta.dirname, '../samples/ke-trom-o/truth.json'), 'utf8');
  const { pages } = JSON.parse(truth) as { pages: { bubbles: { text: string; kind: string }[] }[] };
  const spoken = pages.flatMap(({ bubbles }) => bubbles.filter(({ kind }) => kind !== 'sfx'));
  expect(spoken.filter(({ text }) => text && !isVietnamese(text.toLowerCase()))).toEqual([]);
});

test.each([
  ['I will wait for you here tomorrow.', true],
  ['Je ne sais pas pourquoi il pleut.', true],
  ['Gadis itu melihat ke langit yang kelabu.', true],
  ['ここで待っている', true],
  ['Con cho em xem nha.', false],
  ['Anh ta đi ra xe ngay.', false],
  ['Đêm nay Harry Potter và Hermione Granger bay về.', false],
  ['Đường Azarday, 3 Pinkmoon Grand Plaza of Komona', false],
  ['THE GIRL LOOKS UP AT THE SKY', true],
  ['What the hell?!', false],
  ['Hahaha hahaha hihihi!', false],
])('%j is surely in another language: %p', (sentence, foreign) => {
  expect(isForeignSentence(sentence)).toBe(foreign);
});

test.each([
  'Wait for me!',
  'Oh no!',
  'To be continued.',
  'Lan thở dài và nói nhỏ: See you.',
  'Lan nhìn lên trời. Thank you very much.',
  'Bà cụ đáp: “Daijoubu, shinpai shinaide ne.” rồi cười hiền.',
  "Cậu bé nói: ‘J'ai faim.’",
  'Xie xie ni.',
  'Saranghae, oppa.',
  'Lan gọi: 하나!',
])('something in %p is in another language', (text) => {
  expect(isAllVietnamese(text, new Set())).toBe(false);
});

test.each([
  'Không, chỉ có tiếng gió thôi.',
  'Ha ha ha! Hay ghê!',
  'Hừm... Ok em.',
  'Alo, ai nghe?',
  'Ai cho cô vô?',
  'Minh ra xem ai kia.',
  'Trên biển có chữ “Vườn Thú”: không ai vào.',
  'Năm 1975, ông rời quê hương; bà ở lại.'.normalize('NFD'),
])('all of %p is Vietnamese', (text) => {
  expect(isAllVietnamese(text, new Set())).toBe(true);
});

test('names of the story do not count, also where they begin a sentence or are all of it', () => {
  const names = wordsOfNames(['Hana', 'Kenji Sato']);
  for (const text of ['Hana!', 'Kenji! Hana!', 'Hana ra xem ai kia.', 'Lan gọi: “Hana, im ngay!”'])
    expect([text, isAllVietnamese(text, names)]).toEqual([text, true]);
  expect(isAllVietnamese('HANA, KENJI!', names)).toBe(true);
  expect(isAllVietnamese('Hana, wait for me!', names)).toBe(false);
  expect(isAllVietnamese('', names)).toBe(false);
});

test.each([
  ['Wait for me!', 'Wait for me'],
  ['The girl looks up at the grey sky.', 'The girl looks up at the grey sky'],
  ['The Girl Looks Up At The Grey Sky.', 'The Girl Looks Up At The Grey Sky'],
  ['Cô bé 花 chạy đi tìm chiếc ô đỏ.', '花'],
  ['Cô bé 하나 chạy đi tìm chiếc ô đỏ.', '하나'],
  // The second letter is Cyrillic.
  ['L\u0430n chạy đi tìm chiếc ô đỏ.', 'L\u0430n'],
])('%p is not Vietnamese by calling %p a name', (text, name) => {
  expect(isAllVietnamese(text, wordsOfNames([name]))).toBe(false);
});

test.each([
  ['Hana', true],
  ['Đỗ Thị Hương', true],
  ['Đỗ Thị Hương'.normalize('NFD'), true],
  ['R2-D2', true],
  ['花', false],
  ['Hana 花', false],
  ['L\u0430n', false],
])('%j is in Latin letters: %p', (name, isIt) => {
  expect(isInLatinLetters(name)).toBe(isIt);
});
