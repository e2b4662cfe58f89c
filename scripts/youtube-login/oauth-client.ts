import * as z from 'zod';
import { ConfigurationError } from '../../domain/errors.ts';
import { secrets } from '../../domain/secrets.ts';
import type { OAuthClient } from './consent.ts';

const { client_id, client_secret } = secrets.youtube.schema.shape;
const shape = { client_id, client_secret };
/** The file that the Google Cloud console offers for download has more fields, below `installed`. */
const ConsoleFile = z.object({ installed: z.object(shape) });
const Plain = z.object(shape);

/** Parses the OAuth client from the console's JSON file, or from an object with its two fields. No error has a value. */
export function parseOAuthClient(text: string): OAuthClient {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Its message would quote the secret.
  }
  if (z.object({ web: z.unknown() }).safeParse(json).data?.web)
    throw new ConfigurationError('The OAuth client is of type Web; create one of type Desktop app');
  const parsed = ConsoleFile.safeParse(json).data?.installed ?? Plain.safeParse(json).data;
  if (parsed) return parsed;
  throw new ConfigurationError(
    'This is not an OAuth client: give the JSON file of a Desktop client from the Google Cloud console, APIs & Services, Credentials',
  );
}
