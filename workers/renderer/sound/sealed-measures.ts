import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ArtifactInvalid } from '../../../domain/errors.ts';

const SealedMeasures = z.object({ seal: z.string(), measures: z.unknown() });

const sealOf = (key: string, measures: unknown) =>
  createHash('sha256').update(key).update(JSON.stringify(measures)).digest('hex');

/** Returns what is stored under a key: the measures of a part, with a hash of the key and of them. */
export const sealMeasures = (key: string, measures: unknown) => ({ seal: sealOf(key, measures), measures });

/** Returns the measures that are stored under a key. Throws ArtifactInvalid if they are not whole, or not those of this key. */
export function unsealMeasures(key: string, content: unknown): unknown {
  const { data } = SealedMeasures.safeParse(content);
  if (data?.measures === undefined || data.seal !== sealOf(key, data.measures)) {
    throw new ArtifactInvalid(`${key} does not have the seal of its measures`);
  }
  return data.measures;
}
