import { forbidsReposting, forbidsRepublication } from './republication.ts';

test.each([
  'Please do not re-upload or repost.',
  'Do not repost this scanlation on other sites!',
  'DO NOT copy, upload or share',
  'Not for redistribution',
  'No reuploads',
  'Reposting is strictly prohibited.',
  'This release may not be redistributed.',
  'For personal use only.',
  'Vui lòng không reup dưới mọi hình thức',
  'Cấm sao chép, đăng lại',
  'Không được mang đi nơi khác',
  '無断転載禁止',
  '転載は禁止です',
  '禁止转载',
  '請勿轉載',
  '무단 전재 및 재배포 금지',
  'Reproduction interdite',
  'Prohibida su reproducción',
  'Запрещено распространение без разрешения',
  'Dilarang keras reupload',
  'Licence: CC BY-NC-ND 4.0',
])('%s', (sentence) => {
  expect(forbidsRepublication(`Tagged by hand. ${sentence}`)).toBe(sentence);
});

test.each([
  null,
  '',
  'Licence: CC BY 4.0',
  '© 2026 An. All rights reserved.',
  'Feel free to share and repost.',
  'Tagged with ComicTagger 1.5 using info from Comic Vine on 2024-01-01. [Issue ID 123]',
  'Chia sẻ thoải mái.',
  'Scanned at 300 dpi, do not resize.',
  'Public domain',
  'You may redistribute it under the same licence.',
])('%p does not forbid republication', (text) => expect(forbidsRepublication(text)).toBeNull());

test.each([
  ['Nhóm dịch Mèo. Vui lòng không reup!', true],
  ['KHÔNG ĐĂNG LẠI DƯỚI MỌI HÌNH THỨC', true],
  ['Please do not repost our work.', true],
  ['無断転載禁止', true],
  ['Cậu không được chia sẻ bí mật này!', false],
  ["Don't copy my homework.", false],
  ['Đừng mang đi, của tớ mà!', false],
  ['Tớ đăng lại ảnh hôm qua nhé?', false],
])('lettering that says %p forbids reposting: %p', (lettering, expected) =>
  expect(forbidsReposting(lettering)).toBe(expected),
);
