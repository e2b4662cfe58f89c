import * as z from 'zod';

/** `spot/instance-action` of the instance metadata (EC2 user guide, Spot interruption notices). */
const InstanceAction = z.object({ action: z.string(), time: z.string() });

const timeoutMs = 2000;

/** Reads IMDSv2 at `endpoint`. */
export function instanceMetadata(endpoint: string) {
  async function read(path: string): Promise<Response> {
    const signal = AbortSignal.timeout(timeoutMs);
    const token = await fetch(`${endpoint}/latest/api/token`, {
      method: 'PUT',
      headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '60' },
      signal,
    });
    if (!token.ok) throw new Error(`IMDS returned no token: ${token.status}`);
    return fetch(`${endpoint}/latest/meta-data/${path}`, {
      headers: { 'X-aws-ec2-metadata-token': await token.text() },
      signal,
    });
  }

  return {
    /** Returns when EC2 interrupts this machine, ISO 8601; undefined if it does not. */
    async spotNotice(): Promise<string | undefined> {
      const answer = await read('spot/instance-action');
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw new Error(`IMDS returned ${answer.status} for a Spot notice`);
      return InstanceAction.parse(await answer.json()).time;
    },

    async instanceId(): Promise<string> {
      const answer = await read('instance-id');
      if (!answer.ok) throw new Error(`IMDS returned ${answer.status} for the instance's id`);
      return answer.text();
    },
  };
}
