/**
 * Collects parts to close. `close` closes them in reverse order of their start, so that no part is closed while another
 * one still needs it, and reports errors without stopping.
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
    defer: (end: () => unknown) => void ends.push(end),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}
