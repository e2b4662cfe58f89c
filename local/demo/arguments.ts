import { globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DemoFailed } from './demo-failed.ts';

export interface DemoArguments {
  /** A CBZ or a folder of pages; absolute. */
  chapter: string;
  /** As given, for messages. */
  out: string;
  again: boolean;
  /** `fake`: real clients of MangaDex, a language model, Edge and YouTube against servers on this machine. */
  providers: 'embedded' | 'fake' | 'hostile';
  help: boolean;
}

export const demoHelp = `Turns one comic chapter into a narrated video, on this machine alone.

  make demo [CHAPTER=file.cbz|folder] [OUT=out] [AGAIN=1] [ON_DOUBT=publish|fail] [PROVIDERS=fake|hostile]
  node local/demo.ts [--chapter file.cbz|folder] [--out out] [--again] [--providers fake|hostile]

  CHAPTER  a CBZ or ZIP file, or a folder with images; without it the sample chapter of the project
  OUT      where the video goes, in a folder of its job
  AGAIN    publish a chapter again that is published already
  ON_DOUBT publish: make the video although the chapter was not read surely; without it such a chapter is held, with the
           reasons and exit status 2. The narrator ocr speaks Vietnamese lettering only: NARRATOR=llm tells others
  PROVIDERS  fake: the clients of MangaDex, a language model, Edge's voices and YouTube do the work, each against a
           server on this machine that plays the service; the voice is a tone. hostile: the same on a bad day,
           with refusals, cut lines, broken answers and a clock that is off; the video comes out all the same

Its state is kept in .local/demo (with fakes in .local/demo-fake): a run that was stopped goes on where it was.
`;

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the demo is asked for, by flags or by the variables that `make` passes on. */
export function parseDemoArguments(args: readonly string[], environment: NodeJS.ProcessEnv): DemoArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      chapter: { type: 'string' },
      out: { type: 'string' },
      again: { type: 'boolean' },
      providers: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return {
    chapter: resolve(values.chapter || environment.CHAPTER || sampleChapter()),
    out: values.out || environment.OUT || 'out',
    again: values.again ?? !['', '0', undefined].includes(environment.AGAIN),
    providers: providersOf(values.providers || environment.PROVIDERS || 'embedded'),
    help: values.help ?? false,
  };
}

function providersOf(name: string): DemoArguments['providers'] {
  if (name === 'embedded' || name === 'fake' || name === 'hostile') return name;
  throw new DemoFailed(`PROVIDERS is ${name}; it is embedded (as without it), fake or hostile`);
}

function sampleChapter(): string {
  const [info] = globSync('samples/*/ComicInfo.xml', { cwd: root }).sort();
  if (!info) throw new Error('The project has no sample chapter; give one with CHAPTER');
  return join(root, dirname(info));
}
