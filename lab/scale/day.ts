import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { callJson } from 'local-aws/client';
import { createStatesService } from 'step-functions-local';
import { flowSettings } from '../../asl/definition.ts';
import type { FunctionName } from '../../config/functions.ts';
import { parseConfig } from '../../config/settings/index.ts';
import type { ShardsOn } from '../../domain/render-shards.ts';
import { functionArns, projectSources } from '../../local/pipeline.ts';
import { jumpingClock } from '../../local/testing/jumping-clock.ts';
import { watchHistories } from '../load/histories.ts';
import type { Durations } from './durations.ts';
import { type Input, type Library, standIns } from './stand-ins.ts';

const region = 'us-east-1';

/** Runs a day of the real flow on a clock that jumps from one event to the next; no work is done, only its time passes. */
export async function simulateDay(
  durations: Durations,
  library: Library,
  {
    lanes,
    shards = 0,
    shardsOn = 'machines',
    idleMinutes = 0,
  }: { lanes: number; shards?: number; shardsOn?: ShardsOn; idleMinutes?: number },
) {
  const servers: ReturnType<typeof createServer>[] = [];
  async function serve(handle: RequestListener): Promise<string> {
    const server = createServer(handle).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Requests that are being made, and calls of functions that the engine has made and that have not arrived. */
  let busy = 0;
  const clock = jumpingClock(() => busy > 0);
  const sleep = (seconds: number) =>
    new Promise<void>((resolve) => {
      busy -= 1;
      clock.setTimer(clock.now() + seconds * 1000, () => {
        busy += 1;
        resolve();
      });
    });
  /** Starts work that continues after its function has returned. */
  const begin = (work: () => Promise<void>) => {
    busy += 1;
    void work().finally(() => {
      busy -= 1;
    });
  };
  const histories = watchHistories();
  const ended = Promise.withResolvers<void>();
  let end = 0;
  const lambda = await serve(async (request, response) => {
    const [, name] = decodeURIComponent(request.url ?? '').match(/manga-pipeline-([a-z-]+)/) ?? [];
    const input = (await json(request)) as Input;
    const output = await parts.call(name as FunctionName, input);
    response.end(JSON.stringify(output));
    busy -= 1;
  });
  const states = await createStatesService({
    // The review gate, which would write to a table, is off.
    endpoints: { lambda, dynamodb: lambda },
    placeholders: {
      ...functionArns(region),
      ...flowSettings(
        parseConfig({ lanes, renderShards: shards, renderShardsOn: shardsOn }),
        'manga-pipeline-jobs',
      ),
    },
    clock,
    onEvent(noted) {
      histories.note(noted);
      const { type, taskScheduledEventDetails } = noted.event;
      if (type === 'TaskScheduled' && taskScheduledEventDetails?.resourceType === 'lambda') busy += 1;
      if (histories.running > 0) return;
      end = clock.now();
      ended.resolve();
    },
  });
  const cloud = { endpoint: await serve((request, response) => states.handle(request, response)), region };
  const parts = standIns(durations, library, {
    lanes,
    shards,
    idleMinutes,
    cloud,
    now: clock.now,
    sleep,
    begin,
  });
  try {
    const { stateMachineArn } = await callJson<{ stateMachineArn: string }>(
      cloud,
      'states',
      'CreateStateMachine',
      {
        name: 'manga-pipeline',
        definition: await readFile(projectSources.flow, 'utf8'),
        roleArn: 'arn:aws:iam::123456789012:role/states',
      },
    );
    const start = clock.now();
    await callJson(cloud, 'states', 'StartExecution', { stateMachineArn });
    await ended.promise;
    return {
      hours: (end - start) / 3_600_000,
      published: parts.published,
      machines: parts.machines.most,
      boots: parts.fleets.renderer.boots + parts.fleets.uploader.boots,
      machineHours: {
        renderer: parts.fleets.renderer.seconds / 3600,
        uploader: parts.fleets.uploader.seconds / 3600,
      },
      executions: histories.executions,
      longestHistory: histories.longest,
    };
  } finally {
    clock.stop();
    await states.close();
    for (const server of servers) server.close().closeAllConnections();
  }
}
