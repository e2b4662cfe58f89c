import type { InspectOptions } from 'local-aws';
import { ConfigurationError } from '../../domain/errors.ts';

const usualPort = 9229;

/** Parses `INSPECT=1` or the first port, and `wait` or `wait:9300` for machines that wait; undefined without it. */
export function inspectOptions(given: string | undefined): Omit<InspectOptions, 'programs'> | undefined {
  if (!given || given === '0') return undefined;
  const [, wait, port = wait || given === '1' ? usualPort : ''] = /^(wait)?:?(\d{2,5})?$/.exec(given) ?? [];
  if (port && Number(port) < 65_533) return { port: Number(port), wait: wait !== undefined };
  throw new ConfigurationError(
    `INSPECT is ${given}; it must be 1, wait, the first of three ports (9300), or both (wait:9300)`,
  );
}
