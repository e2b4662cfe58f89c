/** Chooses pages by their number, counted from 1. */
export type PageChoice = (page: number) => boolean;

/** Parses `all`, `odd`, `even`, or numbers and ranges as in `1,3,5-8`. Throws a message for the user. */
export function pageChoice(chosen: string): PageChoice {
  if (chosen === 'all') return () => true;
  if (chosen === 'odd') return (page) => page % 2 === 1;
  if (chosen === 'even') return (page) => page % 2 === 0;
  const ranges = chosen.split(',').map((part) => /^(\d+)(?:-(\d+))?$/.exec(part.trim()));
  const known = ranges.filter((range) => range !== null);
  if (known.length < ranges.length)
    throw new Error(`PAGES is ${chosen}; it is all, odd, even, or numbers as in 1,3,5-8`);
  return (page) => known.some(([, first, last = first]) => page >= Number(first) && page <= Number(last));
}
