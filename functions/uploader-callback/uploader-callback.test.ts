import { describeCallback } from '../answer-for-worker.contract.ts';
import { run } from './uploader-callback.ts';

describeCallback(run, 'uploader', 'renderer');
