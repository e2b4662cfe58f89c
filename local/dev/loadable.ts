import { once } from 'node:events';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Problem } from 'local-aws';
import { placeOf, syntaxProblem, watchSources } from 'local-aws/reload';
import { problemText } from '../terminal/lines.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const parts = [
  'asl',
  'aws',
  'config',
  'domain',
  'functions',
  'local',
  'packages',
  'providers',
  'scripts',
  'workers',
];
type Failed = Pick<Error, 'name' | 'message' | 'stack'>;

/**
 * Reports the errors that prevent the start of `make dev`, with their places, until saved changes fix them. `cli` is the module
 * of the command line, which is loaded as well.
 */
export async function untilLoadable(first: Failed, cli: string): Promise<void> {
  let saved = Promise.withResolvers<void>();
  // Check immediately: the error could have been fixed before the watch started.
  saved.resolve();
  const say = (text: string) => console.error(`dev: ${text}`);
  const watched = await watchSources(
    parts.map((part) => join(root, part)),
    () => saved.resolve(),
    say,
  );
  let told = '';
  for (let failed: Failed | undefined = first; failed; failed = await loading(cli)) {
    const text = problemsOf(failed, watched.texts).map(problemText).join('\n');
    if (text !== told) say(`${text}\ndev: starts when this is fixed`);
    told = text;
    await saved.promise;
    saved = Promise.withResolvers();
  }
  watched.close();
}

async function loading(cli: string): Promise<Failed | undefined> {
  const thread = new Worker(new URL('./loading.ts', import.meta.url), { workerData: cli });
  const [failed] = (await once(thread, 'message')) as [Failed | undefined];
  await thread.terminate();
  return failed;
}

/** Returns the files that cannot be read, with their places, otherwise the place where linking or running failed. */
function problemsOf({ name, message, stack = '' }: Failed, texts: ReadonlyMap<string, string>): Problem[] {
  const unreadable = [...texts].flatMap(([file, text]) => syntaxProblem(file, text) ?? []);
  const place = placeOf({ errorType: name, errorMessage: message, trace: stack.split('\n') });
  const found = unreadable.length > 0 ? unreadable : [{ file: 'local/dev/main.ts', ...place, message }];
  return found.map((problem) => ({ ...problem, file: relative(root, resolve(root, problem.file)) }));
}
