import { act } from './api.ts';
import { goTo, pathOfArn } from './navigation.tsx';

/** Runs the job again, with changed segment texts if given, and shows its execution. */
export async function rerunJob(
  id: string,
  edits: readonly { index: number; text: string }[] = [],
): Promise<void> {
  const { arn } = await act<{ arn: string }>('POST', `/api/jobs/${encodeURIComponent(id)}/rerun`, { edits });
  goTo(pathOfArn(arn));
}
