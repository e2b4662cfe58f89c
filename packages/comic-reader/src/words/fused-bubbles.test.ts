import { looksFused } from './fused-bubbles.ts';

test.each([
  'Con mèo của chị Vậy thì đi! chạy lên mái nhà mất rồi.',
  'Anh có nghe Không, chỉ có thấy gì không? tiếng gió thôi.',
  'Mẹ bảo phải về Nếu chúng ta đi trước bữa tối. đường vòng thì sẽ không thấy.',
])('small letters after the end of a sentence belong to another bubble: %s', (text) => {
  expect(looksFused(text)).toBe(true);
});

test.each([
  'Con mèo của chị chạy lên mái nhà mất rồi. Vậy thì đi!',
  'Ừ... để tôi xem.',
  'Táo, lê, v.v. và cam.',
  'HÔM QUA BÀ ƠI, CHÁU QUÁ! SUỐT CẢ BUỔI CHIỀU.',
  'Cấp 8. 9 là cấp cuối!',
])('other sentences belong to one bubble: %s', (text) => {
  expect(looksFused(text)).toBe(false);
});
