/** Checkboxes of the rows of a table, for an action on several. */

export interface Choice<Row> {
  /** Keys of the chosen rows. */
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
  canChoose(row: Row): boolean;
  /** Names a row for screen readers. */
  name(row: Row): string;
}

interface AllProps<Row> {
  rows: readonly Row[];
  keyOf(row: Row): string;
  choice: Choice<Row>;
}

export function ChooseAll<Row>({ rows, keyOf, choice: { chosen, onChoose, canChoose } }: AllProps<Row>) {
  const keys = rows.filter(canChoose).map(keyOf);
  const all = keys.length > 0 && keys.every((key) => chosen.has(key));
  return (
    <td class="choose">
      <input
        type="checkbox"
        aria-label="Choose all rows"
        checked={all}
        disabled={keys.length === 0}
        onChange={() => onChoose(new Set(all ? [] : keys))}
      />
    </td>
  );
}

export function Choose<Row>({ row, of, choice }: { row: Row; of: string; choice: Choice<Row> }) {
  const { chosen, onChoose, name, canChoose } = choice;
  return (
    <td class="choose">
      {canChoose(row) && (
        <input
          type="checkbox"
          aria-label={`Choose ${name(row)}`}
          checked={chosen.has(of)}
          onChange={({ currentTarget: { checked } }) => {
            const next = new Set(chosen);
            if (checked) next.add(of);
            else next.delete(of);
            onChoose(next);
          }}
        />
      )}
    </td>
  );
}
