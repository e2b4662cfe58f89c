import { act } from './api.ts';
import { goTo, pathOfArn } from './navigation.tsx';

/** Sends an action that starts an execution, and shows that execution. */
export async function showRun(path: string, body: object): Promise<void> {
  const { arn } = await act<{ arn: string }>('POST', path, body);
  goTo(pathOfArn(arn));
}

export const startPipeline = () => showRun('/api/executions/start', { machine: 'manga-pipeline' });

/** Runs the job again, with changed segment texts if given. */
export const rerunJob = (id: string, edits: readonly { index: number; text: string }[] = []) =>
  showRun(`/api/jobs/${encodeURIComponent(id)}/rerun`, { edits });
