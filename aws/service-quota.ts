import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import { serviceQuotas } from './clients/service-quotas.ts';

/** vCPUs of an account's Spot machines of the families A, C, D, H, I, M, R, T and Z, which run at the same time. */
export const spotVcpus = ['ec2', 'L-34B43A08'] as const;
/** Calls of an account's functions that run at the same time. */
export const lambdaConcurrency = ['lambda', 'L-B99A9384'] as const;

/** Returns the value of an account's quota, by the codes of Service Quotas. */
export async function serviceQuota(service: string, code: string): Promise<number> {
  const { Quota } = await serviceQuotas.send(
    new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }),
  );
  return Quota?.Value ?? 0;
}
