import * as z from 'zod';

export interface SecretEntry {
  purpose: string;
  /** The setting, and the value (or one of several) for which a stage needs the secret. */
  neededWhen: { setting: string; is: string };
  /** A second setting, and its values that need no secret. */
  unless?: { setting: string; among: readonly string[] };
  /** Set if its value has several lines: a terminal can't ask for it, since the rest of a pasted key would go to the shell. */
  piped?: string;
  /** Page or program where a person gets the value. */
  from: string;
  schema: z.ZodObject<Record<string, z.ZodType<string> | z.ZodOptional<z.ZodType<string>>>>;
}

const word = z.string().regex(/^\S+$/, 'must be one word, without spaces or line breaks');
const key = word.min(16, 'is too short for a key');

const pem = z
  .string()
  .includes('-----BEGIN ', 'must be PEM, which begins with -----BEGIN')
  .max(60_000, 'is too long: Secrets Manager keeps at most 64 KB');

/**
 * Every secret of a stage. The deployment creates them empty, `make secrets SET=…` sets them, and readers parse them with the
 * schema. A value is never in the code, in Terraform's state, or in an environment variable.
 */
export const secrets = {
  youtube: {
    purpose: 'Uploads to the YouTube channel.',
    neededWhen: { setting: 'publisher', is: 'youtube' },
    from: 'Google Cloud console: an OAuth client of type Desktop, and the consent of the channel: make secrets LOGIN=youtube',
    schema: z.strictObject({
      client_id: word.endsWith('.apps.googleusercontent.com', 'must end in .apps.googleusercontent.com'),
      client_secret: key,
      refresh_token: key,
    }),
  },
  llm: {
    purpose: 'Writes the narration with a language model.',
    neededWhen: { setting: 'narrator', is: 'llm' },
    unless: { setting: 'llmService', among: ['bedrock', 'compatible'] },
    from: "the model provider's console",
    schema: z.strictObject({ api_key: key }),
  },
  voice: {
    purpose: 'Speaks with the voices of Azure Speech.',
    neededWhen: { setting: 'voice', is: 'azure' },
    from: 'Azure portal: a Speech resource, its key 1 and its region, like southeastasia',
    schema: z.strictObject({ api_key: key, region: word.optional() }),
  },
  signing: {
    purpose: 'Signs the content credentials of videos.',
    neededWhen: { setting: 'contentCredentials', is: 'signed' },
    from: 'a certificate authority for C2PA or your own root: a private key and its certificates in one PEM file, see docs/youtube.md',
    piped: 'cat signer.pem root.pem signer.key | make secrets SET=signing',
    schema: z.strictObject({ pem }),
  },
} as const satisfies Record<string, SecretEntry>;

export type SecretName = keyof typeof secrets;
export type SecretValue<Name extends SecretName> = z.infer<(typeof secrets)[Name]['schema']>;

/** Returns whether settings need a secret: the setting has the value, alone or among others. */
export function needsSecret(name: SecretName, settings: Readonly<Record<string, unknown>>): boolean {
  const { neededWhen, unless }: SecretEntry = secrets[name];
  const isSpared = unless?.among.includes(String(settings[unless.setting])) ?? false;
  const chosen = String(settings[neededWhen.setting] ?? '').split(',');
  return chosen.includes(neededWhen.is) && !isSpared;
}

export const secretNames = Object.keys(secrets) as SecretName[];

/** Returns the fields of a secret, in the order of the prompts. */
export const fieldsOf = (name: SecretName): { field: string; optional: boolean }[] =>
  Object.entries(secrets[name].schema.shape).map(([field, schema]) => ({
    field,
    optional: schema instanceof z.ZodOptional,
  }));
