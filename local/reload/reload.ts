import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Journal, JournalEvents, Problem } from '../journal.ts';
import type { PipelineSources } from '../pipeline.ts';
import type { Functions } from '../services/lambda/functions.ts';
import type { Deployment, ReloadSettings } from './deployment.ts';
import { readDeployment } from './deployment-reader.ts';
import { flowProblems } from './flow.ts';
import { placeOf, syntaxProblem } from './syntax.ts';
import { checkTypes } from './types.ts';
import { type ChangedFiles, watchSources } from './watch.ts';

export interface ReloadOptions {
  sources: PipelineSources;
  /** Files and folders of the code of functions, workers and settings. */
  paths: readonly string[];
  settings: ReloadSettings;
  functions: Functions;
  journal: Journal;
  /** False when the state machine was invalid when the cloud started. */
  isFlowDeployed: boolean;
  /** Replaces the rules and the state machine. */
  deploy(deployment: Deployment): Promise<void>;
  /** File of the type checker's incremental state. */
  buildInfo: string;
  /** Sets the texts that programs starting now load instead of those on disk. */
  serveInstead(lastGood: ReadonlyMap<string, string>): void;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const shown = (file: string) => (isAbsolute(file) ? relative('', file) : file);

/** Loads every saved change into the running cloud. Reports invalid changes and keeps the last good version running. */
export async function startReload(options: ReloadOptions): Promise<{ close(): void }> {
  const { sources, functions, journal } = options;
  const reader = readDeployment(options.settings, sources);
  /** Saved files that could not be loaded, with the text that runs instead. */
  const refused = new Map<string, string | undefined>();
  const good = new Map<string, string>();
  const shownProblems = new Map<string, string>();
  /** Files that cannot be parsed, about which the compiler says nothing new. */
  let unreadable: ReadonlySet<string> = new Set();
  const types = checkTypes(root, options.buildInfo, (problems) =>
    tell(
      'types',
      problems.filter(({ file }) => !unreadable.has(resolve(root, file))),
    ),
  );
  let deployment: Deployment | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  function tell(check: JournalEvents['problems']['check'], problems: readonly Problem[]): void {
    const told = problems.map((problem) => ({ ...problem, file: shown(problem.file) }));
    const text = JSON.stringify(told);
    if ((shownProblems.get(check) ?? '[]') === text) return;
    shownProblems.set(check, text);
    journal.write('problems', { check, problems: told });
  }

  async function take(changed: ChangedFiles): Promise<void> {
    const startedAt = performance.now();
    const isFlow = changed.has(sources.flow);
    const code = new Map([...refused, ...changed]);
    code.delete(sources.flow);
    const problems = [...code].flatMap(([file, text]) =>
      text === undefined ? [] : (syntaxProblem(file, text) ?? []),
    );
    unreadable = new Set(problems.map(({ file }) => file));
    const candidate = new Map([...code].filter(([file]) => !unreadable.has(file)));

    const reading = candidate.size > 0 ? await reader.change(candidate) : {};
    tell('settings', reading.problem ? [reading.problem] : []);
    if (reading.deployment) deployment = reading.deployment;
    const declared = reading.deployment?.functions;
    const results =
      candidate.size > 0 || declared
        ? await functions.update({ files: candidate, ...(declared && { declared }) })
        : [];
    const failed = results.flatMap(({ label, error }) =>
      error ? [{ file: label, ...placeOf(error), message: error.errorMessage }] : [],
    );
    const isRefused = failed.length > 0 || reading.problem !== undefined;
    for (const [file, text] of code)
      if (unreadable.has(file) || isRefused) refused.set(file, text);
      else {
        refused.delete(file);
        if (text === undefined) good.delete(file);
        else good.set(file, text);
      }
    options.serveInstead(new Map([...good].filter(([file]) => refused.has(file))));
    tell('code', unique([...problems, ...failed]));
    if (isFlow || reading.deployment) await takeFlow(reading.deployment !== undefined, startedAt);
    const reached = [...new Set(results.filter(({ error }) => !error).map(({ label }) => label))].sort();
    const files = [...candidate.keys()].filter((file) => !refused.has(file)).map(shown);
    if (files.length > 0)
      journal.write('reload', { what: 'code', files, functions: reached, milliseconds: since(startedAt) });
    types.soon();
  }

  /** Deploys the flow, or the whole deployment, if the state machine is valid. */
  async function takeFlow(isAll: boolean, startedAt: number): Promise<void> {
    deployment ??= (await reader.read()).deployment;
    if (!deployment) return;
    const problems = await flowProblems(sources.flow, deployment.placeholders);
    tell('flow', problems);
    if (problems.length > 0) return;
    try {
      await options.deploy(deployment);
    } catch (error) {
      // Placeholders and functions that do not match, which the state machine alone does not show.
      tell('flow', [{ file: sources.flow, message: (error as Error).message }]);
      return;
    }
    const files = isAll ? [] : [shown(sources.flow)];
    journal.write('reload', {
      what: isAll ? 'settings' : 'flow',
      files,
      functions: [],
      milliseconds: since(startedAt),
    });
  }

  const onProblem = (text: string) => journal.write('log', { source: 'reload', text });
  const onChange = (changed: ChangedFiles) => {
    turn = turn.then(() => take(changed)).catch((error: Error) => onProblem(`${error.stack ?? error}`));
  };
  const watched = await watchSources(options.paths, onChange, onProblem);
  for (const [file, text] of watched.texts) good.set(file, text);
  ({ deployment } = await reader.read());
  if (!options.isFlowDeployed) await takeFlow(false, performance.now());
  // Also reports errors that existed before, and files that cannot be read, which the compiler rejects too.
  types.soon();
  return {
    close() {
      watched.close();
      types.close();
      void reader.close();
    },
  };
}

const since = (startedAt: number) => Math.round((performance.now() - startedAt) * 10) / 10;

/** Reports an error once that affects many functions. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
