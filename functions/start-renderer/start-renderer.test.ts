import { describeLauncher } from '../launch-worker.contract.ts';
import { run } from './start-renderer.ts';

describeLauncher(run, 'renderer', 'rendering');
