import { type Reading, timeAt } from './reading.ts';

/** Makes Date show the time of the cloud in this thread or process. */
export function showTime(read: () => Reading): void {
  const machine = Date;
  const machineNow = Date.now.bind(Date);
  const now = () => timeAt(read(), machineNow());
  const shown = new Proxy(machine, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    apply: (target) => new target(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  // Makes `date.constructor` equal to the replaced Date.
  machine.prototype.constructor = shown;
  globalThis.Date = shown;
}
