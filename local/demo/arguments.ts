import { globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { givenPath } from '../../config/given-path.ts';
import { DemoFailed } from './demo-failed.ts';

export interface DemoArguments {
  /** A CBZ or a folder of pages; absolute. */
  chapter: string;
  /** As given, for messages. */
  out: string;
  again: boolean;
  /** `fake`: real clients of MangaDex, a language model, Edge and YouTube use servers on this machine. */
  providers: 'embedded' | 'fake' | 'hostile';
  help: boolean;
}

export const demoHelp = `Turns one comic chapter into a narrated video on this machine.

  make demo [CHAPTER=file.cbz|folder] [OUT=out] [AGAIN=1] [ON_DOUBT=publish|fail] [PROVIDERS=fake|hostile]
  node local/demo.ts [--chapter file.cbz|folder] [--out out] [--again] [--providers fake|hostile]

  CHAPTER  a CBZ, CBR, CB7 or CBT file, or a folder of images; by default the project's sample chapter
  OUT      folder of the video, which gets a subfolder for its job
  AGAIN    publishes a chapter again
  ON_DOUBT publish: makes the video even when the reading is doubtful; by default such a chapter is held, with the
           reasons and exit status 2. The narrator ocr reads Vietnamese lettering only; use NARRATOR=llm for others
  PROVIDERS  fake: uses the clients of MangaDex, a language model, Edge's voices and YouTube, each with a fake
           server on this machine; the voice is a tone. hostile: the same with faulty servers:
           refused requests, cut connections, broken responses and a wrong clock; the video must still succeed

Its state is in .local/demo (with fakes in .local/demo-fake), so a stopped run continues from there.
`;

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Parses the demo's arguments from flags or from the variables that `make` passes on. */
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
    chapter: resolve(givenPath(values.chapter || environment.CHAPTER || sampleChapter())),
    out: givenPath(values.out || environment.OUT || 'out'),
    again: values.again ?? !['', '0', undefined].includes(environment.AGAIN),
    providers: providersOf(values.providers || environment.PROVIDERS || 'embedded'),
    help: values.help ?? false,
  };
}

function providersOf(name: string): DemoArguments['providers'] {
  if (name === 'embedded' || name === 'fake' || name === 'hostile') return name;
  throw new DemoFailed(`PROVIDERS is ${name}; it must be embedded (the default), fake or hostile`);
}

function sampleChapter(): string {
  const [info] = globSync('samples/*/ComicInfo.xml', { cwd: root }).sort();
  if (!info) throw new Error('The project has no sample chapter; give one with CHAPTER');
  return join(root, dirname(info));
}
