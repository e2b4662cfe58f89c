/**
 * Collects what has to be ended. `close` ends it in reverse order of its start, so that nothing goes while something
 * else still needs it, and whatever one of them says to it.
 */
export function closingInReverse(report: (problem: string) => void) {
  const ends: (() => unknown)[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    for (const end of ends.reverse())
      try {
        await end();
      } catch (error) {
        report(`while stopping: ${error}`);
      }
  }

  return {
    atTheEnd: (end: () => unknown) => void ends.push(end),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}
