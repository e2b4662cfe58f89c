/**
 * Loaded before the service: reports the most processor time of its main thread between two turns of the timer, in ms. On a busy
 * machine this stays what the thread itself took.
 */

let worst = 0;
let last = process.threadCpuUsage();
setInterval(() => {
  const now = process.threadCpuUsage();
  worst = Math.max(worst, (now.user + now.system - last.user - last.system) / 1000);
  last = now;
}, 1).unref();

process.on('message', () => {
  process.send?.(worst);
  worst = 0;
});
process.channel?.unref();
