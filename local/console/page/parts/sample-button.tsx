/** The first thing to try: adds the sample chapter and starts an execution with it. */
import { act } from '../api.ts';
import { goTo, pathOfArn } from '../navigation.tsx';
import { ActionButton } from './action-button.tsx';

export function SampleButton() {
  const begin = async () => {
    await act('POST', '/api/library/sample');
    const { arn } = await act<{ arn: string }>('POST', '/api/executions/start', {
      machine: 'manga-pipeline',
    });
    goTo(pathOfArn(arn));
  };
  return (
    <ActionButton tone="primary" onAct={begin}>
      Make a video of the sample chapter
    </ActionButton>
  );
}
