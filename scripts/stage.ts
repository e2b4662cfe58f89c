import { ConfigurationError } from '../domain/errors.ts';

/** STAGE of the command line; prod when it isn't given. */
export function stageOf(environment: Readonly<Record<string, string | undefined>>): string {
  const stage = environment.STAGE || 'prod';
  if (/^[a-z][a-z0-9]{1,9}$/.test(stage)) return stage;
  throw new ConfigurationError(`STAGE is ${stage}; it is 2 to 10 lower-case letters and digits, like dev`);
}

/** Whether the AWS clients of this process are pointed at a cloud on this machine. */
export const isLocalCloud = () => Boolean(process.env.AWS_ENDPOINT_URL);
