import { z } from 'zod';

/** `spot/instance-action` of the instance metadata (EC2 user guide, Spot interruption notices). */
const InstanceAction = z.object({ action: z.string(), time: z.string() });

const timeoutMs = 2000;

/** Asks IMDSv2 at `endpoint` whether EC2 interrupts this machine. */
export function spotNotice(endpoint: string) {
  return async (): Promise<string | undefined> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const token = await fetch(`${endpoint}/latest/api/token`, {
      method: 'PUT',
      headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '60' },
      signal,
    });
    if (!token.ok) throw new Error(`IMDS returned no token: ${token.status}`);
    const answer = await fetch(`${endpoint}/latest/meta-data/spot/instance-action`, {
      headers: { 'X-aws-ec2-metadata-token': await token.text() },
      signal,
    });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`IMDS returned ${answer.status} for a Spot notice`);
    return InstanceAction.parse(await answer.json()).time;
  };
}
