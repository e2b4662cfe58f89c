import { home } from './home.ts';

const panels = [
  { x: 0, y: 0, w: 100, h: 100 },
  { x: 110, y: 0, w: 100, h: 100 },
  { x: 120, y: 10, w: 30, h: 30 },
];

describe('the panel of a bubble', () => {
  test('is the one that contains most of it', () => {
    expect(home({ x: 70, y: 20, w: 50, h: 20 }, panels)).toBe(0);
  });
  test('is the inset, not the panel around it', () => {
    expect(home({ x: 122, y: 12, w: 20, h: 20 }, panels)).toBe(2);
  });
  test('is the nearest one for a bubble in the gutter', () => {
    expect(home({ x: 101, y: 105, w: 4, h: 4 }, panels)).toBe(0);
  });
});
