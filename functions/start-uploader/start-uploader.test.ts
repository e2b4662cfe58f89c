import { describeLauncher } from '../launch-worker.contract.ts';
import { run } from './start-uploader.ts';

describeLauncher(run, 'uploader', 'uploading');
