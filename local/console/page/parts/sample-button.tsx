/** The first thing to try: adds the sample chapter and starts an execution with it. */
import { act } from '../api.ts';
import { startPipeline } from '../show-run.ts';
import { ActionButton } from './action-button.tsx';

export function SampleButton() {
  const begin = async () => {
    await act('POST', '/api/library/sample');
    await startPipeline();
  };
  return (
    <ActionButton tone="primary" onAct={begin}>
      Make a video of the sample chapter
    </ActionButton>
  );
}
