import { type Deployment, exampleAmi } from '../../config/deployment.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { type LaunchPorts, launchChecks } from '../doctor/account.ts';

/**
 * Refuses a stage whose machines could not start in the account, with a line for each reason, before anything is built. A
 * check that can't be made, for example without the permission to, refuses nothing and is named.
 */
export async function refuseUnfit(
  deployment: Deployment,
  ports: LaunchPorts,
  say: (line: string) => void,
): Promise<void> {
  const refused: string[] = [];
  for (const { name, look } of launchChecks(deployment, ports)) {
    // A stage with the example image is planned, but not scheduled.
    if (name === 'machine image' && deployment.workerAmi === exampleAmi) continue;
    try {
      const finding = await look();
      if (finding.state === 'fail') refused.push(`${name}: ${finding.detail}; ${finding.fix}`);
    } catch (error) {
      say(`${name} was not checked: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  if (refused.length > 0) throw new ConfigurationError(refused.join('\n'));
}
