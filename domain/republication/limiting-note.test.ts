import { limitingNote } from './limiting-note.ts';

const hashOf = (text: string) => limitingNote(text, 'Notes')?.text_hash;
const note = 'Dịch bởi nhóm Mèo. Vui lòng không đăng lại!';

test('a note has the same hash however its white space and letters are stored', () => {
  expect(hashOf(`  ${note.replace('. ', '.\r\n\u00a0').normalize('NFD')}\n`)).toBe(hashOf(note));
});

test.each([
  ['a harmless word', note.replace('Mèo', 'Chó')],
  ['a letter of another case', note.replace('Vui', 'vui')],
  ['a mark', note.replace('!', '.')],
  ['a further sentence', `${note} Liên hệ: meo@example.org`],
])('another text has another hash: %s', (_, other) => {
  expect(hashOf(other)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashOf(other)).not.toBe(hashOf(note));
});

test('a note has each sentence that limits the use, and a harmless one is not a note', () => {
  expect(limitingNote('Xin chào. Không reup! Tập 3. Cấm sao chép.', 'Notes')?.sentences).toEqual([
    'Không reup!',
    'Cấm sao chép.',
  ]);
  expect(limitingNote('Dịch: Nhóm Mèo.', 'Notes')).toBeNull();
});

test.each([
  ['limits in more words than a person is shown', 'Không reup chương này ở bất cứ đâu. '.repeat(40)],
  ['is longer than what is searched', `${note} ${'Trang một. '.repeat(2000)}`],
  ['lost a character', note.replace('Mèo', 'M\uFFFDo')],
])('a note that %s has no hash, so that its approval is not remembered', (_, text) => {
  expect(limitingNote(text, 'Notes')).toMatchObject({ text_hash: null });
});
