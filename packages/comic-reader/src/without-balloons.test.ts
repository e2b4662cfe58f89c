import { withoutBalloons } from './without-balloons.ts';

const panel = { x: 0, y: 0, w: 1000, h: 500 };
const inset = { x: 140, y: 200, w: 200, h: 150 };

test('a panel inside another that lettering fills is a balloon', () => {
  const lettering = [{ x: 154, y: 211, w: 172, h: 122 }];
  expect(withoutBalloons([panel, inset], lettering)).toEqual([panel]);
});

test('a picture with a caption, inside another, stays a panel', () => {
  expect(withoutBalloons([panel, inset], [{ x: 150, y: 205, w: 180, h: 40 }])).toEqual([panel, inset]);
});

test('a panel of text between others stays a panel', () => {
  const text = { x: 0, y: 520, w: 1000, h: 80 };
  expect(withoutBalloons([panel, text], [{ x: 10, y: 525, w: 980, h: 70 }])).toEqual([panel, text]);
});
