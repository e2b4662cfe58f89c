import { variableReferences } from './variable-references.ts';

test('the variables that states read are found in paths, intrinsic functions and JSONata', () => {
  const states = {
    Plain: { Type: 'Pass', Assign: { job: 1, 'page.$': '$.page' }, Next: 'Paths' },
    Paths: {
      Type: 'Task',
      Parameters: {
        'a.$': '$job.id',
        'b.$': "States.Format('{} $no', $page)",
        c: '$no',
        'd.$': '$$.State.Name',
      },
      TimeoutSecondsPath: '$limit',
      Next: 'Rules',
    },
    Rules: {
      Type: 'Choice',
      Choices: [{ Variable: '$count', NumericLessThanPath: '$most', Next: 'Expressions' }],
    },
    Expressions: {
      Type: 'Parallel',
      QueryLanguage: 'JSONata',
      Arguments:
        "{% ($own := $sum($prices); $map($list, function($one) { $one & '$no' & $states.input }) ) %}",
      Branches: [{ StartAt: 'Inner', States: { Inner: { Type: 'Pass', InputPath: '$inner', End: true } } }],
      End: true,
    },
  };
  expect(variableReferences(JSON.stringify({ StartAt: 'Plain', States: states }))).toEqual({
    Paths: ['job', 'page', 'limit'],
    Rules: ['count', 'most'],
    Expressions: ['prices', 'list'],
    Inner: ['inner'],
  });
});

test('a quotation mark in a comment or a regular expression hides no variables', () => {
  const references = (expression: string) =>
    variableReferences(
      JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: { A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } },
      }),
    ).A;
  expect(references("/* it's $no */ $a & '/* $no */' & $b")).toEqual(['a', 'b']);
  expect(references("$contains($a, /it's/) & $b")).toEqual(['a', 'b']);
});

test.each([
  ['functions', 'λ('],
  ['quoted texts', "'\\"],
  ['comments', '/*'],
  ['names', '$a  '],
])('%s that do not end are read in linear time', (_name, text) => {
  const expression = `{% /* ${text.repeat(200_000)} */ $a %}`;
  const states = { A: { Type: 'Pass', QueryLanguage: 'JSONata', Output: expression, End: true } };
  expect(variableReferences(JSON.stringify({ StartAt: 'A', States: states }))).toEqual({ A: ['a'] });
});
