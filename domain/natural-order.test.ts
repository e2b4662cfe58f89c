import fc from 'fast-check';
import { byNaturalOrder } from './natural-order.ts';

const inOrder = (names: string[]) => expect([...names].reverse().sort(byNaturalOrder)).toEqual(names);

test.each<[string, string[]]>([
  ['numbers by their value', ['p2.jpg', 'p10.jpg', 'p0011.jpg']],
  ['a decimal between whole numbers', ['Ch 1', 'Ch 1.25', 'Ch 1.5', 'Ch 2', 'Ch 10.5', 'Ch 11']],
  ['decimals before an extension', ['Ch 1.cbz', 'Ch 1.5.cbz', 'Ch 2.cbz']],
  ['a copy after its original', ['page.png', 'page (1).png', 'page (2).png', 'page (10).png']],
  [
    'a copied folder before the next',
    ['Chapter 0060/001.png', 'Chapter 0060 (2)/001.png', 'Chapter 0061/001.png'],
  ],
  ['the same without files', ['Chapter 60', 'Chapter 60 (2)', 'Chapter 61']],
  ['a part after its page', ['p001.jpg', 'p001-2.jpg', 'p001a.jpg', 'p002.jpg']],
  ['the parts of a date or version', ['2024.2.1', '2024.10.1', '2024.10.12']],
  ['the folders before the names', ['a/2.jpg', 'a/10.jpg', 'a b/1.jpg', 'b/1.jpg']],
  ['digits of full width', ['第２話', '第１０話']],
  [
    'Chinese numbers by their value',
    ['第一話', '第二話', '第三話', '第九話', '第十話', '第二十一話', '第百話'],
  ],
  ['pages with Chinese numbers', ['ページ一.png', 'ページ二.png', 'ページ三.png', 'ページ十.png', '表.png']],
  ['spaces and underscores alike', ['page_1', 'page 2', 'page_3']],
  ['numbers of any length', ['1'.padEnd(40, '0'), `${'1'.padEnd(39, '0')}1`]],
])('orders %s', (_, names) => inOrder(names));

const name = fc.string({ unit: fc.constantFrom(...'0123456789 ()-_./aBéẢ章１'.split('')), maxLength: 9 });

test('is a total order, whatever the names', () => {
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(Math.sign(byNaturalOrder(a, b))).toBe(-Math.sign(byNaturalOrder(b, a)) + 0);
      expect(byNaturalOrder(a, b) === 0).toBe(a === b);
      if (byNaturalOrder(a, b) < 0 && byNaturalOrder(b, c) < 0) expect(byNaturalOrder(a, c)).toBeLessThan(0);
    }),
    { numRuns: 2000 },
  );
});

test('puts a name with a suffix after it and before the next number', () => {
  const suffix = fc.constantFrom(' (2)', '-2', 'a', ' extra', '.5', '_b', ' - Copy');
  fc.assert(
    fc.property(fc.constantFrom('p', 'Chapter ', 'Ch.', ''), fc.nat(2000), suffix, (prefix, number, end) => {
      const [one, next] = [`${prefix}${number}`, `${prefix}${number + 1}`];
      for (const extension of ['', '.jpg', '.cbz'])
        inOrder([one, `${one}${end}`, next].map((text) => text + extension));
    }),
  );
});
