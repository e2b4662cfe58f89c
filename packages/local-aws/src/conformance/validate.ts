import { type Model, type Reference, type Shape, shapeOf } from './model.ts';

/** Form of scalars: native in JSON, text in XML, queries and headers. */
export type Notation = 'json' | 'text';

/** Returns how a value differs from its shape: a line for each difference, with its path. */
export function differences(model: Model, whole: Shape, value: unknown, notation: Notation): string[] {
  const found: string[] = [];
  const report = (path: string, problem: string | undefined) => {
    if (problem) found.push(`${path}: ${problem}`);
  };

  const check = (path: string, reference: Reference, value: unknown) =>
    checkShape(path, shapeOf(model, reference), value);

  function checkShape(path: string, shape: Shape, value: unknown): void {
    if (shape.type === 'structure') structure(path, shape, value);
    else if (shape.type === 'list') list(path, shape, value);
    else if (shape.type === 'map') map(path, shape, value);
    else report(path, scalarProblem(shape, value, notation));
  }

  function structure(path: string, shape: Shape, value: unknown): void {
    if (!isObject(value)) {
      report(path, `${written(value)} is not a structure`);
      return;
    }
    const members = shape.members ?? {};
    // The services read null as an absent member.
    const given = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
    for (const name of shape.required ?? [])
      if (!given.some(([one]) => one === name)) report(path, `${name} is required`);
    for (const [name, inner] of given) {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (member) check(`${path}.${name}`, member, inner);
      else report(path, `${name} is unknown`);
    }
  }

  function list(path: string, shape: Shape, value: unknown): void {
    if (!Array.isArray(value)) {
      report(path, `${written(value)} is not a list`);
      return;
    }
    report(path, sizeProblem(shape, value.length, 'members'));
    for (const [index, inner] of value.entries())
      if (shape.member) check(`${path}[${index}]`, shape.member, inner);
  }

  function map(path: string, shape: Shape, value: unknown): void {
    if (!isObject(value)) {
      report(path, `${written(value)} is not a map`);
      return;
    }
    report(path, sizeProblem(shape, Object.keys(value).length, 'entries'));
    for (const [key, inner] of Object.entries(value)) {
      if (shape.key) check(`${path} key`, shape.key, key);
      if (shape.value) check(`${path}.${key}`, shape.value, inner);
    }
  }

  checkShape('', whole, value);
  return found;
}

function scalarProblem(shape: Shape, value: unknown, notation: Notation): string | undefined {
  switch (shape.type) {
    case 'string':
    case 'character':
      return typeof value === 'string' ? textProblem(shape, value) : `${written(value)} is not a text`;
    case 'integer':
    case 'long':
      return numberProblem(shape, value, notation, Number.isInteger);
    case 'float':
    case 'double':
      return numberProblem(shape, value, notation, Number.isFinite);
    case 'boolean':
      return (notation === 'json' ? typeof value === 'boolean' : value === 'true' || value === 'false')
        ? undefined
        : `${written(value)} is not a boolean`;
    case 'timestamp':
      return (notation === 'json' ? typeof value === 'number' : !Number.isNaN(Date.parse(String(value))))
        ? undefined
        : `${written(value)} is not a time`;
    case 'blob':
      return typeof value === 'string' && base64.test(value)
        ? sizeProblem(shape, Buffer.from(value, 'base64').length, 'bytes')
        : `${written(value)} is not base64`;
    default:
      return `the type ${shape.type} is not checked`;
  }
}

const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

function textProblem(shape: Shape, value: string): string | undefined {
  if (shape.enum && !shape.enum.includes(value)) return `${written(value)} is not one of its values`;
  if (shape.pattern && !wholeMatch(shape.pattern).test(value))
    return `${written(value)} does not match ${shape.pattern}`;
  return sizeProblem(shape, [...value].length, 'characters');
}

function numberProblem(
  shape: Shape,
  value: unknown,
  notation: Notation,
  isValid: (value: number) => boolean,
): string | undefined {
  const number = notation === 'text' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !isValid(number)) return `${written(value)} is not of type ${shape.type}`;
  return sizeProblem(shape, number, undefined);
}

function sizeProblem({ min, max }: Shape, size: number, unit: string | undefined): string | undefined {
  const shown = unit ? `${size} ${unit}` : String(size);
  if (min !== undefined && size < min) return `${shown} is less than ${min}`;
  return max !== undefined && size > max ? `${shown} is more than ${max}` : undefined;
}

const patterns = new Map<string, RegExp>();

/** Returns a pattern as the services apply it: to the whole text. One model escapes what Unicode mode refuses. */
function wholeMatch(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known) return known;
  const whole = `^(?:${pattern})$`;
  const made = compiled(whole, 'us') ?? new RegExp(whole, 's');
  patterns.set(pattern, made);
  return made;
}

function compiled(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const written = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 120);
