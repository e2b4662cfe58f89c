import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';

interface Start {
  /** Name of a state machine; the pipeline's if left out. */
  machine?: string | undefined;
  name?: string | undefined;
  /** JSON. */
  input: string;
}

/** Starts an execution and returns its ARN. */
export async function startExecution(
  { machine, name, input }: Start,
  { cloud, access }: { cloud: Pick<ShownCloud, 'stateMachineArn'>; access: CloudAccess },
): Promise<string> {
  const stateMachineArn = machine
    ? cloud.stateMachineArn.replace(/[^:]+$/, () => machine)
    : cloud.stateMachineArn;
  const request = { stateMachineArn, input, ...(name && { name }) };
  return (await access.states<{ executionArn: string }>('StartExecution', request)).executionArn;
}
