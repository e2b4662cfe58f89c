/** `./manga completion`: writes the completion of a shell from the declared commands. It starts no process while you type. */
import type { Command, OptionsOf } from '../../config/commands/command.ts';
import { commands, optionsOf } from '../../config/commands/index.ts';
import type { completion } from '../../config/commands/run.ts';
import { valuesOf } from './choices.ts';
import { flagOf, metaOf } from './options.ts';

interface Completed {
  flag: string;
  description: string;
  takesValue: boolean;
  isFile: boolean;
  values: readonly string[];
}

/** Returns the options of a command and of what is below it, each once. */
function completedOptions(command: Command): Completed[] {
  const all = [command, ...Object.values(command.what ?? {})].flatMap((one) =>
    Object.entries(optionsOf(one)).map(([name, schema]): [string, Completed] => {
      const { description = '', value, file = false } = metaOf(schema);
      const takesValue = value !== undefined || !Object.hasOwn(one.options ?? {}, name);
      const values = takesValue ? valuesOf(one, name, schema) : [];
      return [
        name,
        { flag: flagOf(name), description: plain(description), takesValue, isFile: file, values },
      ];
    }),
  );
  return [...new Map(all).values()];
}

const plain = (text: string) =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll("'", '’')
    .replace(/["\\$[\]]/g, '')
    .slice(0, 80);
/** In zsh a colon ends what it describes. */
const zshText = (text: string) => plain(text).replaceAll(':', '\\:');
const metaOfWord = (command: Command) => {
  const schema = command.word === undefined ? undefined : optionsOf(command)[command.word];
  return schema ? metaOf(schema) : {};
};
/** Words that can follow a command: what is below it, or the values of the option that is a plain word. */
function wordsOf(command: Command): string[] {
  const { word, what = {} } = command;
  const schema = word === undefined ? undefined : optionsOf(command)[word];
  return [...Object.keys(what), ...(word && schema ? valuesOf(command, word, schema) : [])];
}

const shells = {
  bash: () => `_manga_files() {
  COMPREPLY=($(compgen -f -- "$cur"))
  compopt -o filenames 2> /dev/null
}
_manga() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} words=''
  # bash takes --flag=value apart.
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  if ((COMP_CWORD == 1)); then
    words='${Object.keys(commands).join(' ')} help'
  else
    case "\${COMP_WORDS[1]} $prev" in
${Object.entries(commands)
  .flatMap(([name, command]) =>
    completedOptions(command)
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ flag, isFile, values }) =>
          `      '${name} ${flag}') ${isFile ? '_manga_files; return' : values.length > 0 ? `words='${values.join(' ')}'` : 'return'} ;;`,
      ),
  )
  .join('\n')}
      'help help') words='${Object.keys(commands).join(' ')}' ;;
      *) case \${COMP_WORDS[1]} in
${Object.entries(commands)
  .map(
    ([name, command]) =>
      `        ${name})${metaOfWord(command).file ? ' [[ $cur == -* ]] || { _manga_files; return; };' : ''} words='${[...wordsOf(command), ...completedOptions(command).map(({ flag }) => flag), '--help'].join(' ')}' ;;`,
  )
  .join('\n')}
      esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _manga manga ./manga
`,
  zsh: () => `#compdef manga
_manga() {
  if ((CURRENT == 2)); then
    local -a commands=(${Object.entries(commands)
      .map(([name, { about }]) => `'${name}:${zshText(about)}'`)
      .join(' ')} 'help:Describe a command')
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT -= 1))
  case $command in
${Object.entries(commands)
  .map(
    ([name, command]) =>
      `    ${name}) _arguments ${completedOptions(command).map(zshOption).join(' ')} '--help[shows its help]' '*:word:${metaOfWord(command).file ? '_files' : `(${[...wordsOf(command)].join(' ')})`}' ;;`,
  )
  .join('\n')}
    help) _arguments '*:command:(${Object.keys(commands).join(' ')})' ;;
  esac
}
# A shell without a configuration, as on a new Mac, has not loaded its completion.
(($+functions[compdef])) || { autoload -Uz compinit && compinit -i; }
compdef _manga manga ./manga
`,
  fish: () => {
    const only = (name: string) => `-n '__fish_seen_subcommand_from ${name}'`;
    return [
      'complete -c manga -f',
      ...Object.entries({ ...commands, help: { about: 'Describe a command' } as Command }).flatMap(
        ([name, command]) => [
          `complete -c manga -n __fish_use_subcommand -a ${name} -d '${plain(command.about)}'`,
          ...[...wordsOf(command), ...(name === 'help' ? Object.keys(commands) : [])].map(
            (word) => `complete -c manga ${only(name)} -a ${word}`,
          ),
          ...(metaOfWord(command).file ? [`complete -c manga ${only(name)} -F`] : []),
          ...completedOptions(command).map(
            ({ flag, description, takesValue, isFile, values }) =>
              `complete -c manga ${only(name)} -l ${flag.slice(2)} -d '${description}'${isFile ? ' -r -F' : values.length > 0 ? ` -x -a '${values.join(' ')}'` : takesValue ? ' -x' : ''}`,
          ),
        ],
      ),
      '',
    ].join('\n');
  },
};

const zshOption = ({ flag, description, takesValue, isFile, values }: Completed) =>
  takesValue
    ? `'${flag}=[${description}]:value:${isFile ? '_files' : values.length > 0 ? `(${values.join(' ').replaceAll(':', '\\:')})` : ' '}'`
    : `'${flag}[${description}]'`;

export async function run({ shellName }: OptionsOf<typeof completion>): Promise<void> {
  process.stdout.write(shells[shellName]());
}
