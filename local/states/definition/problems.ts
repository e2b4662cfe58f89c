/** Collects what is wrong with a definition; AWS answers all of it at once, each with its place. */

/** Refusal of a definition; the message is what the API answers. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';

  constructor(problems: readonly Problem[]) {
    const listed = problems.map(({ code, text, place }) => `${code}: ${text}${place ? ` at ${place}` : ''}`);
    super(`Invalid State Machine Definition: '${listed.join(', ')}'`);
    this.problems = problems;
  }

  readonly problems: readonly Problem[];
}

export interface Problem {
  readonly code: string;
  readonly text: string;
  /** Slash-separated path to the state and field, as in `/States/Wait/Timestamp`. */
  readonly place: string;
}

export class Problems {
  readonly found: Problem[] = [];

  report(text: string, place: string, code = 'SCHEMA_VALIDATION_FAILED'): void {
    this.found.push({ code, text, place });
  }

  throwIfAny(): void {
    if (this.found.length > 0) throw new InvalidDefinition(this.found);
  }
}
