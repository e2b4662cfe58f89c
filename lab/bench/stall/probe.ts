/**
 * Loaded before the service: reports the most processor time of its main thread between two turns of the timer, in ms, and how
 * long V8 collected garbage in that time. On a busy machine the processor time stays what the thread itself took.
 */

import { PerformanceObserver } from 'node:perf_hooks';

interface Collection {
  readonly startTime: number;
  readonly duration: number;
}

/** Collections since the last report; their entries come after the turn that they interrupted. */
let collections: Collection[] = [];
new PerformanceObserver((list) => void collections.push(...list.getEntries())).observe({
  entryTypes: ['gc'],
});

let worst = { ms: 0, from: 0, to: 0 };
let last = { cpu: process.threadCpuUsage(), at: performance.now() };
setInterval(() => {
  const now = { cpu: process.threadCpuUsage(), at: performance.now() };
  const ms = (now.cpu.user + now.cpu.system - last.cpu.user - last.cpu.system) / 1000;
  if (ms > worst.ms) worst = { ms, from: last.at, to: now.at };
  last = now;
}, 1).unref();

process.on('message', () => {
  const within = collections.filter(({ startTime }) => startTime >= worst.from && startTime < worst.to);
  const collectedMs = within.reduce((sum, { duration }) => sum + duration, 0);
  process.send?.({ ms: worst.ms, collectedMs });
  worst = { ms: 0, from: 0, to: 0 };
  collections = [];
});
process.channel?.unref();
