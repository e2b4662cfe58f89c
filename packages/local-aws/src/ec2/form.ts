/** Parameters of the EC2 Query protocol: `Filter.1.Value.2=running` and the like. */
export class Form {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: Iterable<readonly [string, string]>) {
    this.#values = new Map(values);
  }

  static parse(body: string): Form {
    return new Form(new URLSearchParams(body));
  }

  text(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** Returns the parameters below a name: `Arn` of `IamInstanceProfile.Arn`. */
  group(name: string): Form {
    const inner = [...this.#values].filter(([key]) => key.startsWith(`${name}.`));
    return new Form(inner.map(([key, value]) => [key.slice(name.length + 1), value] as const));
  }

  /** Returns the members of a list of structures, in order. */
  groups(name: string): Form[] {
    const list = this.group(name);
    return list.names().map((index) => list.group(index));
  }

  /** Returns the members of a list of texts, in order. */
  texts(name: string): string[] {
    const list = this.group(name);
    return list.names().flatMap((index) => list.text(index) ?? []);
  }

  /** Returns the first parts of all names; for a list these are its positions. */
  names(): string[] {
    const names = new Set([...this.#values.keys()].map((key) => key.split('.')[0] ?? ''));
    return [...names].sort((one, other) => Number(one) - Number(other));
  }

  entries(): [string, string][] {
    return [...this.#values].sort(([one], [other]) => (one < other ? -1 : 1));
  }
}
