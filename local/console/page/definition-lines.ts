/** Splits a definition into lines that know their state, so that it can be read beside the drawing. */

export interface DefinitionLine {
  text: string;
  /** The innermost state that the line is part of. */
  within?: string;
  /** The state whose definition begins here. */
  begins?: string;
  /** The state that the line leads to. */
  leadsTo?: string;
}

/** Kind of a value in the language; `flow` has StartAt and States. */
type Place = 'flow' | 'states' | 'state' | 'rule' | 'target' | 'other';

const inner: Partial<Record<Place, Readonly<Record<string, Place>>>> = {
  flow: { StartAt: 'target', States: 'states' },
  state: {
    ...{ Next: 'target', Default: 'target', Choices: 'rule', Catch: 'rule' },
    ...{ Branches: 'flow', ItemProcessor: 'flow', Iterator: 'flow' },
  },
  rule: { Next: 'target' },
};

interface Around {
  place: Place;
  indent: string;
  /** The text before the value, and after it. */
  lead: string;
  end: string;
  within?: string | undefined;
  begins?: string | undefined;
}

/** Indents a definition that the engine has accepted, as JSON.stringify does. */
export const definitionLines = (definition: string): DefinitionLine[] =>
  Array.from(linesOf(JSON.parse(definition), { place: 'flow', indent: '', lead: '', end: '' }));

function* linesOf(value: unknown, around: Around): Generator<DefinitionLine> {
  const { place, indent, lead, end, within, begins } = around;
  const facts = { ...(within !== undefined && { within }), ...(begins !== undefined && { begins }) };
  const isList = Array.isArray(value);
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) {
    const leadsTo = place === 'target' && typeof value === 'string' ? { leadsTo: value } : {};
    yield { text: `${indent}${lead}${JSON.stringify(value)}${end}`, ...facts, ...leadsTo };
    return;
  }
  yield { text: `${indent}${lead}${isList ? '[' : '{'}`, ...facts };
  for (const [at, [name, one]] of entries.entries()) {
    const isState = place === 'states';
    yield* linesOf(one, {
      place: isList ? place : isState ? 'state' : (inner[place]?.[name] ?? 'other'),
      indent: `${indent}  `,
      lead: isList ? '' : `${JSON.stringify(name)}: `,
      end: at < entries.length - 1 ? ',' : '',
      within: isState ? name : within,
      begins: isState ? name : undefined,
    });
  }
  yield { text: `${indent}${isList ? ']' : '}'}${end}`, ...(within !== undefined && { within }) };
}
