import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputOf } from 'local-aws/conformance';
import { commands } from '../config/commands/index.ts';
import { checkVariables } from '../config/given-variables.ts';
import { everyCommandIn } from '../local/testing/documented-commands.ts';
import { parseOptions } from './manga/options.ts';
import { typedWords } from './manga/typed.ts';
import { replaced, ways } from './testing/deploy-page.ts';

/** Checks the commands of docs/deploy.md without running them; deploy-page.long.ts runs them. */
const page = everyCommandIn(readFileSync(join(import.meta.dirname, '../docs/deploy.md'), 'utf8'));
const ofProgram = (name: string) => page.filter((line) => line.startsWith(`${name} `));

test('every command is run by deploy-page.long.ts, or listed with the reason why it cannot be', () => {
  expect(Object.keys(ways).sort()).toEqual([...page].sort());
  const listed = Object.entries(ways).flatMap(([line, way]) =>
    'cannot' in way ? [`${line}: ${way.cannot}`] : [],
  );
  console.log(
    `docs/deploy.md: ${page.length - listed.length} of ${page.length} commands are run against a stand-in for an account. Not run:\n${listed.join('\n')}\nReplaced:\n${replaced.join('\n')}`,
  );
  expect([...ofProgram('make'), ...ofProgram('aws')].sort()).toEqual([...page].sort());
});

/** Splits a command as a shell does; quotes of the page do not contain others of their kind. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s']|'[^']*')+/g)].map(([word]) => word.replaceAll("'", ''));

test.each(ofProgram('make'))(
  '%s has a target and variables that exist, with values that are accepted',
  (line) => {
    const [target = '', ...assignments] = wordsOf(line).slice(1);
    const environment: NodeJS.ProcessEnv = Object.fromEntries(
      assignments.map((one) => one.split(/=(.*)/s, 2)),
    );
    environment.MAKE_VARIABLES = Object.keys(environment).join(' ');
    environment.MAKE_GOALS = target;
    const { words, variables } = typedWords([target], environment);
    const [name = '', what] = words;
    const command = what ? commands[name]?.what?.[what] : commands[name];
    if (!command) throw new Error(`${line}: there is no such command`);
    checkVariables([command], variables, environment);
    expect(parseOptions(command, environment, {})).toBeDefined();
  },
);

const letters = (name: string) => name.replaceAll('-', '').toLowerCase();

test.each(ofProgram('aws'))('%s is an operation of AWS, with its parameters', (line) => {
  const [, service = '', operation = '', ...rest] = wordsOf(line);
  const parameters = rest.flatMap((word) => /^--([a-z-]+)$/.exec(word)?.[1] ?? []);
  const input = inputOf(service.replace('s3api', 's3'), letters(operation));
  if (!input) throw new Error(`${line}: there is no such operation`);
  const { members, required } = input;
  // The region is an option of every command.
  const known = [...members.map(letters), 'region'];
  expect(parameters.filter((one) => !known.includes(letters(one)))).toEqual([]);
  expect(required.map(letters).filter((one) => !parameters.map(letters).includes(one))).toEqual([]);
});
