/** `./manga`, which the make targets call: the commands of config/commands. */
const [, , command, below = process.env.WHAT ?? ''] = process.argv;
const isDev = command === 'dev' && !/^[a-z]/.test(below);
const cli = new URL('manga/main.ts', import.meta.url).href;

const load = async () => {
  if (isDev) await import('../local/dev/main.ts');
  return import('./manga/main.ts');
};
const loaded = await load().catch((error: unknown) => error);
if (!(loaded instanceof Error)) await (loaded as Awaited<ReturnType<typeof load>>).main();
else if (!isDev) throw loaded;
else {
  const { untilLoadable } = await import('../local/dev/loadable.ts');
  await untilLoadable(loaded, cli);
  // A failed module stays failed in this process; replacing the process keeps its pid and starts again.
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)]);
}
