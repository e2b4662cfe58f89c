import fc from 'fast-check';
import { acceptDefinition } from './accept.ts';
import { locator, offsetOf, scanPlaces } from './locate.ts';
import { parseDefinition } from './parse.ts';
import { InvalidDefinition } from './problems.ts';

const definitionText = `{
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Choice",
      "Choices": [
        { "Variable": "$.a", "IsNull": true, "Next": "B" },
        { "Variable": "$.b", "Like": "x", "Next": "\${Nowhere}" }
      ]
    },
    "B": { "Type": "Wait", "Seconds": -1 }
  }
}
`;

function problemsOf(check: () => unknown) {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    return error.problems.map(({ place, line, column }) => `${line}:${column} ${place}`);
  }
}

describe('locations of problems', () => {
  test('a problem has the line and column of its place, or of the state that lacks the field', () => {
    expect(problemsOf(() => parseDefinition(definitionText))).toEqual([
      '8:30 /States/A/Choices[1]/Like',
      '11:5 /States/B',
      '11:28 /States/B/Seconds',
      '8:43 /States/A/Choices[1]/Next',
    ]);
  });

  test('locations refer to the original text, before placeholders are filled', () => {
    expect(problemsOf(() => acceptDefinition(definitionText, { Nowhere: 'C' }))).toContain(
      '11:28 /States/B/Seconds',
    );
    expect(problemsOf(() => acceptDefinition(definitionText, {}))).toEqual([
      '8:43 /States/A/Choices[1]/Next',
    ]);
  });

  test.each([
    ['a comma too many', '{\n  "StartAt": "A",\n}', '3:1'],
    ['an unfinished text', '{\n  "StartAt"', '2:12'],
    ['a bare word', '{\n\t"StartAt": A }', '2:13'],
    ['more after the end', '{}\n}', '2:1'],
  ])('locates invalid JSON: %s', (_title, text, location) => {
    expect(problemsOf(() => parseDefinition(text))).toEqual([expect.stringMatching(`^${location} `)]);
  });
});

describe('properties', () => {
  test('the scanner accepts exactly the texts that JSON.parse accepts', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', ',', '}', '\\', '0', '\n', 'e'))
      .map(
        ([text, at, insert]) =>
          text.slice(0, at % (text.length + 1)) + insert + text.slice(at % (text.length + 1)),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(scanPlaces(text).fault === undefined).toBe(valid);
      }),
    );
  });

  test('returns the offset of each element', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (items) => {
        const text = JSON.stringify(items, null, 1);
        const { places } = scanPlaces(text);
        items.forEach((item, index) => {
          const at = offsetOf(places, `[${index}]`);
          expect(text.slice(at).startsWith(JSON.stringify(item)?.charAt(0) ?? '')).toBe(true);
          expect(locator(text)(at).line).toBe(text.slice(0, at).split('\n').length);
        });
      }),
    );
  });
});
