import * as z from 'zod';
import { storedJson } from '../state/stored-json.ts';
import { hasEnded, Instance } from './instance.ts';

/** EC2 shows a terminated instance for about an hour. */
const shownAfterEnd = 3_600_000;

export interface InstanceStore {
  get(id: string): Instance | undefined;
  list(): Instance[];
  /** Stores the current state of the instance. */
  save(instance: Instance): void;
}

/** Opens the file of this cloud's instances. It contains task tokens, so only its owner can read it. */
export function openInstanceStore(file: string, now: () => number = Date.now): InstanceStore {
  const stored = storedJson(file, z.array(Instance), []);
  const instances = new Map(stored.read().map((instance) => [instance.id, instance]));

  function forgetOld(): void {
    const limit = now() - shownAfterEnd;
    for (const instance of instances.values())
      if (hasEnded(instance) && instance.endAnnounced && Date.parse(instance.endedAt ?? '') < limit)
        instances.delete(instance.id);
  }

  return {
    get: (id) => instances.get(id),
    list: () => [...instances.values()],
    save(instance) {
      instances.set(instance.id, instance);
      forgetOld();
      stored.write([...instances.values()]);
    },
  };
}
