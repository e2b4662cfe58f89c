import { Command, Help, Option } from 'commander';
import type { Command as Declared } from '../../config/commands/command.ts';
import { optionsOf } from '../../config/commands/index.ts';
import { variableOf } from '../../config/settings/index.ts';
import { flagOf, metaOf } from './options.ts';
import { overview } from './overview.ts';

/** Gets the command that was typed, and its flags by variable. */
export type Act = (name: string, command: Declared, flags: Record<string, string>) => Promise<void>;

/**
 * Builds the command line of the declared commands: options, help, suggestions for misspelt words. For make, the help of a
 * command shows its options as variables.
 */
export function commandLine(
  commands: Readonly<Record<string, Declared>>,
  act: Act,
  forMake: boolean,
): Command {
  const typed = forMake ? 'make' : './manga';
  const asVariable = ({ flags }: Option, name: string) => `${name}=${/<(.*)>/.exec(flags)?.[1] ?? '1'}`;
  const program = new Command(typed)
    .helpOption('-h, --help', 'shows this')
    // Without it, a command takes an option that the one below it has too: --runs of `bench render` would be bench's.
    .enablePositionalOptions()
    .configureOutput({ outputError: (text, write) => write(asProject(text)) })
    .configureHelp({
      formatHelp: (command, help) =>
        command.parent ? Help.prototype.formatHelp.call(help, command, help) : overview(typed),
      ...(forMake && {
        commandUsage: (command) => `make ${pathOf(command)} [VARIABLE=…]`,
        optionTerm: (option) => asVariable(option, variableOf(option.attributeName())),
        visibleArguments: () => [],
        subcommandTerm: (command) => `WHAT=${command.name()}`,
      }),
    });
  for (const [name, command] of Object.entries(commands)) addCommand(program, name, command, act);
  return program;
}

function addCommand(parent: Command, name: string, declared: Declared, act: Act): void {
  const command = parent.command(name).description(declared.about).enablePositionalOptions();
  for (const [option, schema] of Object.entries(optionsOf(declared))) {
    const { value, description } = metaOf(schema);
    // Settings are options too; docs/settings.md describes them.
    const isSetting = !Object.hasOwn(declared.options ?? {}, option);
    const placeholder = value ?? (isSetting ? 'value' : undefined);
    const flags = placeholder ? `${flagOf(option)} <${placeholder}>` : flagOf(option);
    command.addOption(new Option(flags, description).hideHelp(isSetting));
  }
  if (declared.settings)
    command.addHelpText(
      'after',
      '\nEvery setting of docs/settings.md is an option too, by its name in capitals: REVIEW=manual.',
    );
  // The suggestions of the library leave out settings, since help does.
  command.configureOutput({
    outputError: (text, write) => write(`${asProject(text)}${settingMeant(command, text)}`),
  });
  if (declared.notes) command.addHelpText('after', `\n${declared.notes}`);
  if (declared.word) command.argument(`[${declared.word}]`);
  for (const [below, one] of Object.entries(declared.what ?? {})) addCommand(command, below, one, act);
  if (declared.what && !declared.module && !declared.program) return;
  command.action(async (word: unknown) => {
    const [early] = Object.keys(parent.opts());
    if (early) command.error(`error: write ${flagOf(early)} after '${command.name()}'`);
    const flags = Object.entries(command.opts<Record<string, string | true>>()).map(
      ([option, value]) => [variableOf(option), value === true ? '1' : value] as const,
    );
    const plain =
      declared.word && typeof word === 'string' ? [[variableOf(declared.word), word] as const] : [];
    await act(name, declared, Object.fromEntries([...flags, ...plain]));
  });
}

const asProject = (text: string) => text.replace(/^error: /, 'manga: ');

/** Returns the suggestion for `--dailyquota`: an option with the same letters. */
function settingMeant(command: Command, text: string): string {
  const [, typed] = /unknown option '--([^'=]+)[^']*'\n$/.exec(text) ?? [];
  const letters = (name = '') => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const meant = typed && command.options.find(({ long }) => letters(long) === letters(typed));
  return meant ? `(Did you mean ${meant.long}?)\n` : '';
}

const pathOf = (command: Command): string =>
  command.parent?.parent ? `${pathOf(command.parent)} WHAT=${command.name()}` : command.name();
