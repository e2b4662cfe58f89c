import { CommandFailed } from '../../config/commands/command.ts';
import { commands } from '../../config/commands/index.ts';

export interface Typed {
  words: string[];
  /** Names of the variables that were typed, for make or as in `./manga demo OUT=videos`. */
  variables: string[];
  /** The targets of make. */
  goals: string[];
}

const assignment = /^([A-Z][A-Z0-9_]*)=(.*)$/s;

/**
 * Splits what was typed into words and variables, and puts the values of these into the environment. The Makefile lists those of
 * its command line in MAKE_VARIABLES. `HELP=1` and `WHAT=…` become words.
 */
export function typedWords(args: readonly string[], environment: NodeJS.ProcessEnv): Typed {
  const { MAKE_VARIABLES, MAKE_GOALS } = environment;
  // Programs below are not the one that make called.
  delete environment.MAKE_VARIABLES;
  delete environment.MAKE_GOALS;
  const variables = MAKE_VARIABLES?.split(' ').filter(Boolean) ?? [];
  const words: string[] = [];
  for (const word of args) {
    const [, name, value] = assignment.exec(word) ?? [];
    if (name === undefined) words.push(word);
    else {
      variables.push(name);
      environment[name] = value;
    }
  }
  // `help demo` is `demo --help`; a misspelt command gets a suggestion.
  const asksHelp = words[0] === 'help' && words.length > 1;
  if (asksHelp) words.shift();
  const [name = ''] = words;
  const isKnown = Object.hasOwn(commands, name);
  const below = isKnown ? commands[name]?.what : undefined;
  if (below && environment.WHAT) words.splice(1, 0, environment.WHAT);
  const [, what = '-'] = words;
  // Another word can be the one that the command takes: `./manga invoke check-quota`.
  const isWhat = environment.WHAT || !commands[name]?.word;
  if (below && isWhat && !what.startsWith('-') && !Object.hasOwn(below, what))
    throw new CommandFailed(`WHAT is ${what}; it can be ${Object.keys(below).join(', ')}`);
  if (isKnown && (asksHelp || (environment.HELP && variables.includes('HELP')))) words.push('--help');
  return {
    words: words.length === 0 ? ['help'] : words,
    variables: variables.filter((one) => one !== 'HELP' && !(below && one === 'WHAT')),
    goals: MAKE_GOALS === undefined ? [] : (MAKE_GOALS || 'help').split(' '),
  };
}
