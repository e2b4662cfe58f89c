/** Prints a figure beside what is wanted. */
export const show = (what: string, figure: string, wanted = ''): void =>
  console.log(`${what.padEnd(52)}${figure.padStart(12)}   ${wanted}`.trimEnd());

interface Wanted {
  digits: number;
  sign: '≤' | '≥';
  wanted: number | undefined;
}

/** Prints a figure, and whether it is as wanted; a missed one fails the program. */
export function judge(what: string, figure: number, { digits, sign, wanted }: Wanted): void {
  const holds = wanted === undefined || (sign === '≤' ? figure <= wanted : figure >= wanted);
  show(
    what,
    figure.toFixed(digits),
    `${wanted === undefined ? '' : `${sign} ${wanted}`}${holds ? '' : '   MISSED'}`,
  );
  if (!holds) process.exitCode = 1;
}
