import { isEven, isNeutral, isSame, type RowKind } from './even-rows.ts';

/** A stretch of rows; `to` is exclusive. */
interface Stretch {
  from: number;
  to: number;
}

/**
 * Finds the stretches of ground between the scenes of a strip: even rows that are white or black, and fades from one to
 * the other. An even row of another colour is a sky or a wall, unless few stretches are white or black and most have that
 * colour: then it is the ground of the scenes.
 */
export function groundOfStrip(rows: readonly RowKind[]): Stretch[] {
  const even = evenStretches(rows);
  const colourOf = groundColour(rows, even);
  const isGround = (row: RowKind) =>
    colourOf === null ? isNeutral(row.colour) : isSame(row.colour, colourOf) || isNeutral(row.colour);
  return even.flatMap(({ from, to }) => {
    let [first, last] = [from, to - 1];
    while (first <= last && !isGround(rows[first] as RowKind)) first++;
    while (last >= first && !isGround(rows[last] as RowKind)) last--;
    return first <= last ? [{ from: first, to: last + 1 }] : [];
  });
}

function evenStretches(rows: readonly RowKind[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [y, row] of rows.entries()) {
    const open = stretches.at(-1);
    if (!isEven(row)) continue;
    if (open?.to === y) open.to++;
    else stretches.push({ from: y, to: y + 1 });
  }
  return stretches;
}

/** Returns the colour of half of the even stretches if fewer than half are white or black, otherwise null. */
function groundColour(rows: readonly RowKind[], even: readonly Stretch[]): RowKind['colour'] | null {
  const within = even.map(({ from, to }) => rows.slice(from, to));
  const neutral = within.filter((stretch) => stretch.some(({ colour }) => isNeutral(colour)));
  if (neutral.length * 2 >= even.length) return null;
  const having = (colour: RowKind['colour']) =>
    within.filter((stretch) => stretch.some((row) => isSame(row.colour, colour))).length;
  const counted = within.flatMap(([first]) =>
    first ? [{ colour: first.colour, count: having(first.colour) }] : [],
  );
  const most = counted.reduce((a, b) => (b.count > a.count ? b : a), {
    colour: [0, 0, 0] as const,
    count: 0,
  });
  return most.count > 1 && most.count * 2 >= even.length ? most.colour : null;
}
