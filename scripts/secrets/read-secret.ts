import { ConfigurationError } from '../../domain/errors.ts';
import { fieldsOf, type SecretName, secrets } from '../../domain/secrets.ts';

/**
 * Reads the value of a secret from piped input: JSON, or the bare value of a secret with one field. Errors name the field; no
 * message contains any part of the value.
 */
export function parseSecret(name: SecretName, given: string): string {
  const text = given.trim();
  if (text === '') throw new ConfigurationError(`${name}: standard input is empty`);
  return checked(name, text.startsWith('{') ? asJson(name, text) : asOneField(name, text));
}

/** Asks a person for the fields of a secret; an empty reply leaves an optional field out. */
export async function askForSecret(
  name: SecretName,
  ask: (question: string) => Promise<string>,
): Promise<string> {
  const values: Record<string, string> = {};
  for (const { field, optional } of fieldsOf(name)) {
    const answer = (await ask(`${name} ${field}${optional ? ' (optional)' : ''}: `)).trim();
    if (answer || !optional) values[field] = answer;
  }
  return checked(name, values);
}

function checked(name: SecretName, value: unknown): string {
  const parsed = secrets[name].schema.safeParse(value);
  if (parsed.success) return JSON.stringify(parsed.data);
  const problems = parsed.error.issues.map((issue) => {
    const field = issue.path.join('.') || name;
    // zod names unknown keys, and a key can be a pasted secret.
    if (issue.code === 'unrecognized_keys') return 'has an unknown field';
    return issue.code === 'invalid_type' ? `${field} is missing or not a text` : `${field} ${issue.message}`;
  });
  throw new ConfigurationError(`${name}: ${problems.join('; ')}. ${shapeOf(name)}`);
}

function asJson(name: SecretName, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // JSON.parse quotes what it could not read, so its message must not be shown.
    throw new ConfigurationError(`${name}: is not valid JSON. ${shapeOf(name)}`);
  }
}

function asOneField(name: SecretName, text: string): unknown {
  const [only, ...others] = fieldsOf(name).filter(({ optional }) => !optional);
  if (only && others.length === 0) return { [only.field]: text };
  throw new ConfigurationError(`${name}: is not JSON. ${shapeOf(name)}`);
}

const shapeOf = (name: SecretName) =>
  `It is {${fieldsOf(name)
    .map(({ field, optional }) => `"${field}"${optional ? '?' : ''}: "…"`)
    .join(', ')}}, from ${secrets[name].from}`;
