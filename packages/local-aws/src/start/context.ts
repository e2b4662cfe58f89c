import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Account, localAccountId } from '../account.ts';
import type { CloudClock, Follower } from '../clock/cloud-clock.ts';
import { startClock } from '../clock/start.ts';
import type { CloudOptions } from '../cloud-options.ts';
import { startGateway } from '../gateway/gateway.ts';
import type { CloudObserver } from '../observer.ts';
import type { Service } from '../service.ts';
import { lockState } from '../state/state-lock.ts';

const defaultRegion = 'us-east-1';

/** Context of every service of a cloud: the folder, the endpoint, the clock and the observer. */
export interface CloudContext {
  account: Account;
  directory: string;
  endpoint: string;
  clock: CloudClock;
  observer: CloudObserver;
  /** Serves a service under its signing name. */
  serve(name: string, service: Service): void;
  /** Rejects requests for a service that is stopping. */
  withdraw(name: string): void;
  /** Registers what closes a part; parts are closed in reverse order of their start. */
  defer(end: () => unknown): void;
  /** Makes jumps of the clock wait for machines. */
  waitFor(follower: Follower): void;
  /** Makes jumps of the clock wait for a call as they do for a request. */
  counted<T>(call: Promise<T>): Promise<T>;
}

/** Locks the folder of a cloud, listens at its endpoint and starts its clock. */
export async function openContext(
  options: CloudOptions,
  observer: CloudObserver,
  defer: CloudContext['defer'],
): Promise<CloudContext> {
  const { region = defaultRegion, decorate = (_, service) => service } = options;
  const directory = resolve(options.stateDirectory);
  mkdirSync(directory, { recursive: true });
  // Histories contain task tokens, and the folder can come from an older version.
  chmodSync(directory, 0o700);
  defer(lockState(directory));
  const gateway = await startGateway(options.port ?? 0, options.middleware);
  defer(gateway.close);

  let calls = 0;
  let machines: Follower = { isThere: () => false, isAtWork: () => false, follow: async () => {} };
  const { clock, end } = startClock({
    file: join(directory, 'clock.json'),
    speed: options.speed,
    isBusy: () => gateway.underWay + calls > 0,
    follower: {
      isThere: () => machines.isThere(),
      isAtWork: () => machines.isAtWork(),
      follow: (reading) => machines.follow(reading),
    },
    onChange: observer.clockChanged,
  });
  defer(end);
  gateway.useClock(clock);
  options.onListening?.({ endpoint: gateway.endpoint, clock, serveBelow: gateway.serveBelow });

  return {
    account: { id: localAccountId, region },
    directory,
    endpoint: gateway.endpoint,
    clock,
    observer,
    serve: (name, service) => gateway.serve(name, decorate(name, service)),
    withdraw: gateway.withdraw,
    defer,
    waitFor(follower) {
      machines = follower;
    },
    counted(call) {
      calls += 1;
      return call.finally(() => {
        calls -= 1;
      });
    },
  };
}
