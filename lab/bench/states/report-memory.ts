/** Preloaded into the service: reports its memory, without what is garbage, when its parent asks. */

process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
