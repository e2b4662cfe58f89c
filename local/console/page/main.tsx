import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError, openSession } from './api.ts';
import { App } from './app.tsx';
import { followClock } from './cloud-clock.ts';
import { connect } from './live.ts';

/** Shows the page with a session, or the reason why it has none. */
function Console() {
  const [state, setState] = useState<'opening' | 'open' | ApiError>('opening');
  useEffect(() => {
    openSession().then(
      () => {
        connect();
        followClock();
        setState('open');
      },
      (error: unknown) => setState(error instanceof ApiError ? error : new ApiError(0, String(error))),
    );
  }, []);
  if (state === 'open') return <App />;
  if (state === 'opening') return null;
  return (
    <main class="closed">
      <h1>The console is locked</h1>
      <p>
        {state.status === 401
          ? 'Open it with the whole address that make dev printed: the part after # is its key.'
          : state.message}
      </p>
    </main>
  );
}

const root = document.getElementById('console');
if (root) render(<Console />, root);
