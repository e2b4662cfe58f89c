import { isAbsolute, relative, resolve } from 'node:path';
import type { Deployment, StateMachineFile } from '../deployment.ts';
import type { Functions } from '../lambda/functions.ts';
import type { CloudObserver } from '../observer.ts';
import { definitionProblems } from './definitions.ts';
import { type DeploymentModule, fixedDeployment, readDeployment } from './deployment-reader.ts';
import type { Problem, Problems } from './reports.ts';
import { placeOf, syntaxProblem } from './syntax.ts';
import { checkTypes } from './type-check.ts';
import { type ChangedFiles, watchSources } from './watch.ts';

export interface ReloadOptions {
  /** Files and folders of the code of functions, machines and state machines. */
  paths: readonly string[];
  /** Returns the deployment again after a change; without it, only code and state machines change. */
  deployment?: DeploymentModule;
  /** Folder of the tsconfig.json for checking types after each change; without it they are not checked. */
  project?: string;
}

interface Parts extends ReloadOptions {
  /** The deployment that the cloud started with. */
  deployed: Deployment;
  stateMachines: readonly StateMachineFile[];
  /** False when a state machine was invalid when the cloud started. */
  areStateMachinesDeployed: boolean;
  functions: Functions;
  observer: Pick<CloudObserver, 'logged' | 'problemsFound' | 'reloaded'>;
  /** Replaces the rules and the state machines. */
  deploy(deployment: Deployment): Promise<void>;
  /** File of the type checker's incremental state. */
  buildInfo: string;
  /** Sets the texts that programs starting now load instead of those on disk. */
  serveInstead(lastGood: ReadonlyMap<string, string>): void;
}

const shown = (file: string) => (isAbsolute(file) ? relative('', file) : file);

/** Loads every saved change into the running cloud. Reports invalid changes and keeps the last good version running. */
export async function startReload(parts: Parts): Promise<{ close(): void }> {
  const { functions, observer, stateMachines } = parts;
  const reader = parts.deployment ? readDeployment(parts.deployment) : fixedDeployment(parts.deployed);
  /** Saved files that could not be loaded, with the text that runs instead. */
  const refused = new Map<string, string | undefined>();
  const good = new Map<string, string>();
  const shownProblems = new Map<string, string>();
  /** Files that cannot be parsed, about which the compiler says nothing new. */
  let unreadable: ReadonlySet<string> = new Set();
  const types = typeCheck();
  let deployment: Deployment | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  function typeCheck() {
    const { project, buildInfo } = parts;
    if (project === undefined) return undefined;
    return checkTypes(project, buildInfo, (problems) =>
      tell(
        'types',
        problems.filter(({ file }) => !unreadable.has(resolve(project, file))),
      ),
    );
  }

  function tell(check: Problems['check'], problems: readonly Problem[]): void {
    const told = problems.map((problem) => ({ ...problem, file: shown(problem.file) }));
    const text = JSON.stringify(told);
    if ((shownProblems.get(check) ?? '[]') === text) return;
    shownProblems.set(check, text);
    observer.problemsFound({ check, problems: told });
  }

  async function take(changed: ChangedFiles): Promise<void> {
    const startedAt = performance.now();
    const flows = stateMachines.flatMap(({ file }) => (changed.has(file) ? [file] : []));
    const code = new Map([...refused, ...changed]);
    for (const file of flows) code.delete(file);
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
    parts.serveInstead(new Map([...good].filter(([file]) => refused.has(file))));
    tell('code', unique([...problems, ...failed]));
    if (reading.deployment) await takeStateMachines('settings', [], startedAt);
    else if (flows.length > 0) await takeStateMachines('flow', flows, startedAt);
    const reached = [...new Set(results.filter(({ error }) => !error).map(({ label }) => label))].sort();
    const files = [...candidate.keys()].filter((file) => !refused.has(file)).map(shown);
    if (files.length > 0)
      observer.reloaded({ what: 'code', files, functions: reached, milliseconds: since(startedAt) });
    types?.soon();
  }

  /** Deploys the state machines, and the rules with them, if every definition is valid. */
  async function takeStateMachines(
    what: 'flow' | 'settings',
    files: readonly string[],
    startedAt: number,
  ): Promise<void> {
    deployment ??= (await reader.read()).deployment;
    if (!deployment) return;
    const { placeholders } = deployment;
    const problems = await Promise.all(
      stateMachines.map(({ file }) => definitionProblems(file, placeholders)),
    );
    tell('flow', problems.flat());
    if (problems.flat().length > 0) return;
    try {
      await parts.deploy(deployment);
    } catch (error) {
      // Placeholders and functions that do not match, which a definition alone does not show.
      const [file = ''] = files.length > 0 ? files : stateMachines.map((one) => one.file);
      tell('flow', [{ file, message: (error as Error).message }]);
      return;
    }
    observer.reloaded({ what, files: files.map(shown), functions: [], milliseconds: since(startedAt) });
  }

  const onProblem = (text: string) => observer.logged({ source: 'reload', text });
  const onChange = (changed: ChangedFiles) => {
    turn = turn.then(() => take(changed)).catch((error: Error) => onProblem(`${error.stack ?? error}`));
  };
  const watched = await watchSources(parts.paths, onChange, onProblem);
  for (const [file, text] of watched.texts) good.set(file, text);
  ({ deployment } = await reader.read());
  if (!parts.areStateMachinesDeployed)
    await takeStateMachines(
      'flow',
      stateMachines.map(({ file }) => file),
      performance.now(),
    );
  // Also reports errors that existed before, and files that cannot be read, which the compiler rejects too.
  types?.soon();
  return {
    close() {
      watched.close();
      types?.close();
      void reader.close();
    },
  };
}

const since = (startedAt: number) => Math.round((performance.now() - startedAt) * 10) / 10;

/** Reports an error once that affects many functions. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
