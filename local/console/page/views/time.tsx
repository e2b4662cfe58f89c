/** The cloud's clock. It can jump and run fast, so that hours pass in seconds. */
import { useEffect, useState } from 'preact/hooks';
import { act } from '../api.ts';
import { cloudNow, cloudSpeed } from '../cloud-clock.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { useTimeMode } from '../time-mode.ts';

const jumps = [
  ['5m', '5 minutes'],
  ['1h', '1 hour'],
  ['4h', '4 hours'],
  ['24h', '1 day'],
] as const;
const speeds = [1, 60, 3600];

export function TimeView() {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 250);
    return () => clearInterval(timer);
  }, []);
  const mode = useTimeMode();
  const zone = mode === 'UTC' ? { timeZone: 'UTC' } : {};
  const now = new Date(cloudNow());
  const isReal = Math.abs(cloudNow() - Date.now()) < 5_000 && cloudSpeed() === 1;
  return (
    <main>
      <h1>Time</h1>
      <section class="card">
        <h2>The cloud’s clock</h2>
        <p class="big number">
          <time dateTime={now.toISOString()} title={now.toISOString()}>
            {now.toLocaleTimeString(undefined, { ...zone, hourCycle: 'h23' })}
          </time>
          <small>
            {' '}
            {now.toLocaleDateString(undefined, { ...zone, weekday: 'long', day: 'numeric', month: 'long' })}
            {mode === 'UTC' && ' UTC'}
          </small>
        </p>
        <p class="quiet">
          {isReal
            ? 'The time of this machine.'
            : `Not the time of this machine. It runs ${cloudSpeed()}× as fast.`}{' '}
          Time-outs, retries, waits, the quota day and the schedule go by it. It never goes back. A jump waits
          for functions and machines that work.
        </p>
        <div class="actions">
          {jumps.map(([jump, words]) => (
            <ActionButton key={jump} onAct={() => act('POST', '/api/control/clock', { jump, within: 1 })}>
              + {words}
            </ActionButton>
          ))}
        </div>
        <div class="actions">
          {speeds.map((speed) => (
            <ActionButton
              key={speed}
              disabled={speed === cloudSpeed()}
              onAct={() => act('POST', '/api/control/clock', { speed })}
            >
              {speed === 1 ? 'Real time' : `${speed}× as fast`}
            </ActionButton>
          ))}
        </div>
      </section>
    </main>
  );
}
