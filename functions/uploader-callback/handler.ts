import { describeInstance } from '../../aws/spot.ts';
import { taskCallback } from '../../aws/task-callback.ts';
import { uploaderCallback } from '../../config/environments.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { machinePorts } from '../machine-ports.ts';
import { run } from './uploader-callback.ts';

const env = environmentOf('uploader-callback', uploaderCallback);
const { log, logged } = functionLog('uploader-callback', env.TRACING);
const ports = { ...machinePorts(env), describeInstance, failTask: taskCallback.fail, log };

export const handler = logged((event) => run(event, ports));
