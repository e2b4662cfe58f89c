import { hash } from 'node:crypto';
import type { Account } from '../account.ts';
import type { openSecrets, Secret } from './secrets.ts';

type Secrets = ReturnType<typeof openSecrets>;

/** Adds fixed secrets, which take precedence over stored ones and are never stored. A version is known by its text. */
export function withFixedSecrets(
  secrets: Secrets,
  fixed: Readonly<Record<string, string>> | undefined,
  account: Account,
): Secrets {
  const createdAt = Date.now() / 1000;
  const arnOf = (name: string) =>
    `arn:aws:secretsmanager:${account.region}:${account.id}:secret:${name}-${hashOf(name).slice(0, 6)}`;
  const secretOf = (name: string, text: string): Secret => ({
    name,
    arn: arnOf(name),
    createdAt,
    versions: [{ id: hashOf(text), stages: ['AWSCURRENT'], createdAt, text }],
  });
  const given = () => Object.entries(fixed ?? {});
  return {
    ...secrets,
    list: () => [
      ...secrets.list().filter(({ name }) => !given().some(([one]) => one === name)),
      ...given().map(([name, text]) => secretOf(name, text)),
    ],
    get(id) {
      const [name, text] = given().find(([one]) => one === id || arnOf(one) === id) ?? [];
      return name === undefined || text === undefined ? secrets.get(id) : secretOf(name, text);
    },
  };
}

/** Returns a hash in hexadecimal digits, at most the 64 that the id of a version can have. */
const hashOf = (text: string) => hash('sha256', text);
