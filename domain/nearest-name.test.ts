import { nearestName } from './nearest-name.ts';

const known = ['Hoàng Tử', 'Bà Tư', 'Lan', 'Nguyễn Văn Minh', '🐉 Rồng'];

test.each([
  ['Hoàng Tửu', 'Hoàng Tử'],
  ['Hoang Tu', 'Hoàng Tử'],
  ['hoàng  tử', 'Hoàng Tử'],
  ['Bà Tứ', 'Bà Tư'],
  ['Minh', 'Nguyễn Văn Minh'],
  ['bé Lan', 'Lan'],
  ['Rồng', '🐉 Rồng'],
])('%s is near %s', (written, meant) => {
  expect(nearestName(written, known)).toBe(meant);
});

test.each(['Công Chúa', 'Li', '', '🦊'])('%j is near none of them', (written) => {
  expect(nearestName(written, known)).toBeUndefined();
});

test('of two that are near, the nearer one is meant', () => {
  expect(nearestName('Bà Tứ', ['Bà Tám', 'Bà Tư', 'Bà'])).toBe('Bà Tư');
});
