/**
 * Measures the engine's overhead for `make bench`: 200 executions of 50 Pass states over the HTTP API, stored on disk.
 * The figure is wall time divided by state transitions, the median of five rounds.
 */

import { Agent, createServer, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { createStatesService } from 'step-functions-local';
import { inEnvironment } from '../../local/testing/environment.ts';
import { median } from '../figures/median.ts';

const executions = 200;
const statesOfChain = 50;
const roundCount = 5;

export interface OverheadResult {
  /** Milliseconds per state transition. */
  readonly median: number;
  readonly best: number;
  readonly worst: number;
}

/** Runs the rounds in a temporary directory. */
export const measureOverhead = (): Promise<OverheadResult> =>
  inEnvironment('states-bench', ({ folder }) => measureIn(folder));

async function measureIn(directory: string): Promise<OverheadResult> {
  let left = 0;
  let finished: () => void = () => {};
  const service = await createStatesService({
    directory,
    endpoints: {},
    onEvent({ event }) {
      if (event.type === 'ExecutionSucceeded' && --left === 0) finished();
    },
  });
  const server = createServer((incoming, response) => service.handle(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { stateMachineArn } = await callStates(port, 'CreateStateMachine', {
    name: 'chain',
    definition: JSON.stringify(passChain()),
    roleArn: 'arn:aws:iam::123456789012:role/bench',
  });
  const rounds: number[] = [];
  // The first round warms up and is not counted.
  for (let round = 0; round <= roundCount; round += 1) {
    left = executions;
    const all = new Promise<void>((resolve) => {
      finished = resolve;
    });
    const start = performance.now();
    const input = JSON.stringify({ job_id: `round-${round}` });
    await Promise.all(
      Array.from({ length: executions }, () =>
        callStates(port, 'StartExecution', { stateMachineArn, input }),
      ),
    );
    await all;
    rounds.push((performance.now() - start) / (executions * statesOfChain));
  }
  server.close();
  server.closeAllConnections();
  await service.close();
  const counted = rounds.slice(1);
  return { median: median(counted), best: Math.min(...counted), worst: Math.max(...counted) };
}

function passChain() {
  const names = Array.from({ length: statesOfChain }, (_, index) => `Step${index}`);
  const states = names.map((name, index) => {
    const next = names[index + 1];
    return [name, { Type: 'Pass', ...(next === undefined ? { End: true } : { Next: next }) }];
  });
  return { StartAt: 'Step0', States: Object.fromEntries(states) };
}

const agent = new Agent({ keepAlive: true, maxSockets: 50 });

/** Calls an operation of the Step Functions service on a port of this machine. */
export function callStates<T = Record<string, string>>(
  port: number,
  operation: string,
  input: object,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const headers = {
      'X-Amz-Target': `AWSStepFunctions.${operation}`,
      'Content-Type': 'application/x-amz-json-1.0',
    };
    const outgoing = request({ host: '127.0.0.1', port, method: 'POST', headers, agent }, (response) => {
      text(response).then((body) => {
        if (response.statusCode === 200) resolve(JSON.parse(body) as T);
        else reject(new Error(`${operation}: ${body}`));
      }, reject);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The service closed a connection that had been idle, as this request took it.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET')
        callStates<T>(port, operation, input).then(resolve, reject);
      else reject(error);
    });
    outgoing.end(JSON.stringify(input));
  });
}
