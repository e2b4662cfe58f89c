import type { openSecrets, Secret } from './secrets.ts';

type Secrets = ReturnType<typeof openSecrets>;

/** Adds fixed secrets, which take precedence over stored ones and are never stored. */
export function withFixedSecrets(secrets: Secrets, fixed: Readonly<Record<string, string>> = {}): Secrets {
  const createdAt = Date.now() / 1000;
  const secretOf = (name: string, text: string): Secret => ({
    name,
    arn: name,
    createdAt,
    versions: [{ id: 'fixed', stages: ['AWSCURRENT'], createdAt, text }],
  });
  return {
    ...secrets,
    list: () => [
      ...secrets.list().filter(({ name }) => !Object.hasOwn(fixed, name)),
      ...Object.entries(fixed).map(([name, text]) => secretOf(name, text)),
    ],
    get(id) {
      const text = Object.hasOwn(fixed, id) ? fixed[id] : undefined;
      return text === undefined ? secrets.get(id) : secretOf(id, text);
    },
  };
}
