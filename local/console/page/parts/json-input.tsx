/** A field for JSON that says what is wrong before anything is started with it. */
import { useId } from 'preact/hooks';

interface Props {
  label: string;
  value: string;
  onInput(text: string): void;
}

/** Returns why a text is not JSON; undefined if it is. */
export function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function JsonInput({ label, value, onInput }: Props) {
  const id = useId();
  const problem = jsonProblem(value);
  return (
    <div>
      <label>
        {label}
        <textarea
          class="code"
          rows={Math.min(20, value.split('\n').length + 2)}
          spellcheck={false}
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={id}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </label>
      <p id={id} class="invalid" aria-live="polite">
        {problem && `Not JSON: ${problem}`}
      </p>
    </div>
  );
}
