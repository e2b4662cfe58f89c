import fc from 'fast-check';
import { childInputs } from './batches.ts';
import { CsvRows } from './csv.ts';
import { JsonItems } from './json-items.ts';

/** Cuts a text at arbitrary places, as it can arrive from the network. */
const chunked = (text: string, cuts: readonly number[]): string[] => {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((left, right) => left - right);
  return [0, ...places].map((start, index) => text.slice(start, places[index] ?? text.length));
};
const cuts = fc.array(fc.nat());

const rowsOf = (chunks: readonly string[], delimiter = ','): string[][] => {
  const rows = new CsvRows(delimiter, 1000);
  return [...chunks.flatMap((chunk) => [...rows.push(chunk)]), ...rows.end()];
};
const itemsOf = (chunks: readonly string[], path: readonly string[] = []): unknown[] => {
  const items = new JsonItems(path, 100_000);
  const found = chunks.flatMap((chunk) => [...items.push(chunk)]).map((text) => JSON.parse(text));
  items.end();
  return found;
};

describe('CSV', () => {
  test('quoted fields hold delimiters, quotes and new lines; empty lines are skipped', () => {
    const text = 'a;b\r\n"x;""y""\nz";\r\n\r\n;2\n"";""\nlast;row';
    expect(rowsOf([text], ';')).toEqual([
      ['a', 'b'],
      ['x;"y"\nz', ''],
      ['', '2'],
      ['', ''],
      ['last', 'row'],
    ]);
  });

  test('rejects an unclosed quote', () => {
    expect(() => rowsOf(['a,"b'])).toThrow('a quoted field of the CSV file does not end');
  });

  test('two quotes are one quote, also in a field without quotes around it', () => {
    const text =
      'abc,123,"commas, a double quotation mark (""), and a newline (\n)",{""MyKey"":""MyValue""},"[1,2,3]"';
    const row = [
      'abc',
      '123',
      'commas, a double quotation mark ("), and a newline (\n)',
      '{"MyKey":"MyValue"}',
      '[1,2,3]',
    ];
    expect(rowsOf([text])).toEqual([row]);
    expect(rowsOf([...text])).toEqual([row]);
    expect(rowsOf(['5" disk,6"'])).toEqual([['5" disk', '6"']]);
  });

  test('a backslash keeps a backslash, a quote and the delimiter, and disappears before anything else', () => {
    const text = 'C:\\\\Program Files\\\\MyApp.exe|a\\|b|\\"c\\"|d\\z|"e\\"f"\ng\\\nh\\';
    const rows = [['C:\\Program Files\\MyApp.exe', 'a|b', '"c"', 'dz', 'e"f'], ['g'], ['h']];
    expect(rowsOf([text], '|')).toEqual(rows);
    expect(rowsOf([...text], '|')).toEqual(rows);
  });

  test('reads back what was written, for any chunks', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\n', 'ê', '😀') });
    const table = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, cuts, (rows, places) => {
        const text = rows.map(
          (row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`,
        );
        expect(rowsOf(chunked(text.join(''), places))).toEqual(rows);
      }),
    );
  });
});

describe('JSON lists and objects', () => {
  test('yields the elements unchanged, for any chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), cuts, fc.constantFrom(undefined, 2), (items, places, space) => {
        expect(itemsOf(chunked(JSON.stringify(items, null, space), places))).toEqual(
          JSON.parse(JSON.stringify(items)),
        );
      }),
    );
  });

  test('yields the members of an object as keys and values, for any chunks', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        cuts,
        fc.boolean(),
        (object, places, nested) => {
          const members = JSON.parse(JSON.stringify(object)) as object;
          const text = JSON.stringify(nested ? { 'a"': [{ b: {} }], b: { 'c/': object } } : object);
          expect(itemsOf(chunked(text, places), nested ? ['b', 'c/'] : [])).toEqual(
            Object.entries(members).map(([Key, Value]) => ({ Key, Value })),
          );
        },
      ),
    );
  });

  test('finds a nested list behind other lists and texts that look like it', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), cuts, (items, other, places) => {
        const text = JSON.stringify({
          before: other,
          list: '{"list":[',
          data: { x: [1], list: items },
          after: 1,
        });
        expect(itemsOf(chunked(text, places), ['data', 'list'])).toEqual(JSON.parse(JSON.stringify(items)));
      }),
    );
  });

  test.each([
    ['a text', '"a"', [], 'Attempting to map over non-iterable node.'],
    ['a number at the path', '{"a":{"b": 1}}', ['a', 'b'], 'Attempting to map over non-iterable node.'],
    ['an empty file', ' ', [], 'The file is empty'],
    [
      'a path to nowhere',
      '{"a":1,"x":[{"b":[]}]}',
      ['b'],
      'The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON structure.',
    ],
    ['an unfinished list', '[1,2', [], 'the list of items does not end'],
    ['an empty place', '[1,,2]', [], 'has an empty place'],
  ])('rejects %s', (_title, text, path, message) => {
    expect(() => itemsOf([text], path)).toThrow(message);
  });
});

test('batches keep all items in order and respect their limits', async () => {
  const plans = fc.record({
    input: fc.constantFrom(undefined, { a: 1 }),
    maxItems: fc.constantFrom(undefined, 1, 3),
    maxBytes: fc.constantFrom(undefined, 100),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ maxLength: 20 })), plans, async (items, plan) => {
      const made = await Array.fromAsync(childInputs(items, plan));
      const batches = made.map(({ input }) => JSON.parse(input) as { Items: string[]; BatchInput?: object });
      expect(batches.flatMap(({ Items }) => Items)).toEqual(items);
      for (const [index, { Items, BatchInput }] of batches.entries()) {
        expect(BatchInput).toEqual(plan.input);
        expect(Items.length).toBe(made[index]?.itemCount);
        expect(Items.length).toBeLessThanOrEqual(plan.maxItems ?? Number.POSITIVE_INFINITY);
        if (plan.maxBytes !== undefined && Items.length > 1)
          expect(Buffer.byteLength(made[index]?.input ?? '')).toBeLessThanOrEqual(plan.maxBytes);
      }
    }),
  );
});
