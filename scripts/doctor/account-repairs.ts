import type { Finding, Repair, warn } from './check.ts';

/** Changes of an account that `make doctor FIX=1` makes. */
export interface RepairPorts {
  createSpotRole(): Promise<void>;
  /** Returns the value that AWS has been asked for and has not decided on. */
  requestedLimit(service: string, code: string): Promise<number | undefined>;
  requestLimit(service: string, code: string, value: number): Promise<void>;
}

export const spotRoleRepair = (ports: RepairPorts): Repair => ({
  command: 'aws iam create-service-linked-role --aws-service-name spot.amazonaws.com',
  run: ports.createSpotRole,
});

interface Increase {
  quota: readonly [service: string, code: string];
  wanted: number;
  ports: RepairPorts;
  /** Another way to fix it, at the end of the advice. */
  otherwise?: string;
}

/** Returns the finding of a quota that is too small: with the request that raises it, or that AWS was asked already. */
export async function limitProblem(
  problem: typeof warn,
  detail: string,
  { quota: [service, code], wanted, ports, otherwise = '' }: Increase,
): Promise<Finding> {
  // Some who can read a quota must not read its requests; without them the advice is the same.
  const requested = await ports.requestedLimit(service, code).catch(() => undefined);
  if (requested !== undefined && requested >= wanted)
    return problem(`${detail}; AWS was asked for ${requested}`, `wait until AWS decides${otherwise}`);
  return problem(detail, `raise ${code} in Service Quotas${otherwise}`, {
    command:
      'aws service-quotas request-service-quota-increase ' +
      `--service-code ${service} --quota-code ${code} --desired-value ${wanted}`,
    run: () => ports.requestLimit(service, code, wanted),
  });
}
