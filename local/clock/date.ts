import { type Reading, timeAt } from './reading.ts';

/** Lets everything in this thread or process see the time of the cloud where it asks for "now". */
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
  // So that `date.constructor` is what the name Date stands for.
  machine.prototype.constructor = shown;
  globalThis.Date = shown;
}
