import { glob, readFile } from 'node:fs/promises';

/** Phrases that a reader has to decode, each with what to write instead. */
const phrases: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/(?<!\bthere )\b(?:is|are|was|were) no\b(?! (?:longer|more)\b)/i, 'is not a; is invalid; has no'],
  [/\bthat (?:is|are|was|were) none\b/i, 'invalid'],
  [/\bknows? no\b/i, 'does not support'],
  [/\bof (?:its|their|our|his|her|one's) own\b/i, 'its; separate'],
  [/\bmend(?:s|ed|ing)?\b/i, 'fix; correct'],
  [/\banew\b/i, 'again'],
  [/\bthrice\b/i, 'three times'],
  [/\bbesides\b/i, 'also'],
  [/\bby (?:itself|themselves)\b/i, 'alone; automatically'],
  [/\blook(?:s|ed|ing)? whether\b/i, 'checks whether'],
  [/\ball the same\b/i, 'anyway'],
  [/\bfor good\b/i, 'permanently'],
  [/\bwhoever\b/i, 'the caller; the user'],
  [/\bin vain\b/i, 'without a result'],
  [/\bcan not\b/i, 'cannot'],
  [/\banswers (?:an?|by|the|what|whether|with)\b|^\s*\/\*\* Answers\b/i, 'returns'],
  [/^\s*\/\*\* (?:Looks|Says|Tells)\b/, 'Checks; Reports'],
  [/^\s*\/\*\* (?:Of|Where and|With what)\b/, 'the name of the thing'],
  [/\bnobody\b/i, 'no one; the passive'],
  [/\bmay\b(?! (?:not be )?redistribute)/, 'can; could; might'],
  [/\bgo(?:es|ing)? on\b/i, 'continues'],
  [/\bunder way\b/i, 'in progress; in flight'],
  [/\bany more\b/i, 'no longer'],
  [/\bupon\b/i, 'on'],
  [/\bas good as\b/i, 'like; almost'],
  [/\b(?:is|are|was|were|been) answered\b|\banswered (?:by|with)\b/i, 'returned; handled'],
  [/\btells? (?:what|whether|how|which|when|where|of|apart)\b/i, 'says; shows; separates'],
  [/\bheld against\b/i, 'compared with'],
  [/\b(?:lies|lie) (?:in|on|at|between|below|above|beyond|inside|within|elsewhere)\b/i, 'is in'],
  [/\bcheck sums?\b/i, 'checksum'],
  [/\bin the order in which\b/i, 'in the order'],
  [/\bcount(?:s|ed)? on (?:the|that|its) (?:quota )?day\b/i, 'counts toward'],
  [/\b(?:code|definitions?|deployments?|one|those|versions?) of (?:before|then)\b/i, 'earlier; previous'],
  [/\bone (?:item |line )?an? (?:day|job|record|run|series)\b/i, 'one per'],
  [/\bmachines beside each other\b/i, 'in parallel'],
];

/** Files that the test reads. */
const sources = [
  '{asl,aws,config,domain,fakes,functions,local,packages,scripts,stacks,workers}/**/*.{ts,tsx}',
  'providers/{chapters,media,narrators,publishers,retry,voices}/**/*.ts',
  'lab/**/*.ts',
  'samples/generator/**/*.ts',
  '{.dependency-cruiser,architecture.test,knip,main}.ts',
  '{Makefile,.github/**/*.yml,scripts/*.sh,workers/image/**/*.{hcl,service,sh,timer}}',
  '{.,docs,docs/adr,packages/*,workers/image}/*.md',
];
const isSkipped = (name: string) => ['dist', 'node_modules'].includes(name);

const comment = /^\s*(?:\/\*|\*|\/\/)|\s\/\/ /;
const hashComment = /(?:^|\s)#+ /;
/** The start of a text that a user gets: an error, a line of output, the help of a command or a setting. */
const message =
  /(?:\bnew \w+(?:Error|Failed|Refusal|Refused)|\bconsole\.\w+|\b(?:count|describe|fail|flag|ok|say|text|warn))\(|\b(?:about|fix|notes): ?['"`]/;
const testName = /(?:\b(?:describe|it|test)(?:\.\w+)*|\])\(\s*['"`]|^\s*['"`][^'"`]+['"`],$/;

/** Returns whether a line of a file is read by people: a page, a comment, a message or the name of a test. */
function isProse(file: string, line: string): boolean {
  if (file.endsWith('.md')) return true;
  if (!/\.tsx?$/.test(file)) return hashComment.test(line);
  return comment.test(line) || (/\.(?:long|test)\.tsx?$/.test(file) ? testName : message).test(line);
}

/** Returns the forbidden phrases of a text, as `file:line: phrase → what to write instead`. */
const findings = (file: string, text: string): string[] =>
  text.split('\n').flatMap((line, index) =>
    isProse(file, line)
      ? phrases.flatMap(([pattern, instead]) => {
          const found = pattern.exec(line)?.[0].trim();
          return found ? [`${file}:${index + 1}: ${found} → ${instead}`] : [];
        })
      : [],
  );

test('comments, test names and pages use plain words', async () => {
  const cwd = import.meta.dirname;
  const files = await Array.fromAsync(glob(sources, { cwd, exclude: isSkipped }));
  const found = await Promise.all(files.map(async (file) => findings(file, await readFile(file, 'utf8'))));
  expect(found.flat()).toEqual([]);
});

test.each([
  ['a.ts', '/** Answers what is mended. */', 2],
  ['a.ts', "const text = 'of its own';", 0],
  ['a.ts', "throw new ConfigurationError('STAGE is no stage');", 1],
  ['a.test.ts', "test('an id that is none is refused', () => {", 1],
  ['a.md', 'There is no queue; a job is no longer lost.', 0],
  ['a.sh', '# Reads the file anew.', 1],
  ['a.sh', 'echo anew', 0],
])('in %s, %j has %i forbidden phrases', (file, line, count) => {
  expect(findings(file, line)).toHaveLength(count);
});
