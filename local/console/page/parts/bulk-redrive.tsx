/** Redrives several executions one after the other, and shows what became of each. */
import { useState } from 'preact/hooks';
import { act } from '../api.ts';
import { countText } from '../format.ts';
import { Link, pathOfArn } from '../navigation.tsx';
import { ActionButton } from './action-button.tsx';

interface Outcome {
  arn: string;
  /** Why it was refused. */
  problem?: string;
}

const redriven = ({ problem }: Outcome) => problem === undefined;

/** `arns` are the chosen executions. */
export function BulkRedrive({ arns, onDone }: { arns: readonly string[]; onDone(): void }) {
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const redrive = async () => {
    const results: Outcome[] = [];
    for (const arn of arns) {
      results.push(
        await act('POST', '/api/executions/redrive', { arn }).then(
          () => ({ arn }),
          (error: Error) => ({ arn, problem: error.message }),
        ),
      );
      setOutcomes([...results]);
    }
    onDone();
  };
  if (arns.length + outcomes.length === 0) return null;
  return (
    <section class="panel" aria-label="Redrive of the chosen executions">
      <div class="actions">
        {arns.length > 0 && (
          <ActionButton tone="primary" onAct={redrive}>
            Redrive {countText(arns.length, 'execution')}
          </ActionButton>
        )}
        {outcomes.length > 0 && (
          <p role="status">
            {outcomes.filter(redriven).length} of {countText(outcomes.length, 'execution')} redriven
          </p>
        )}
      </div>
      <ul class="reasons">
        {outcomes.map(({ arn, problem }) => (
          <li key={arn}>
            <Link to={pathOfArn(arn)}>{arn.split(':').at(-1)}</Link>
            {problem === undefined ? ': redriven' : <span class="refused">: {problem}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
