import { describeCallback } from '../answer-for-worker.contract.ts';
import { run } from './renderer-callback.ts';

describeCallback(run, 'renderer', 'uploader');
