import { CreateServiceLinkedRoleCommand } from '@aws-sdk/client-iam';
import {
  ListRequestedServiceQuotaChangeHistoryByQuotaCommand,
  RequestServiceQuotaIncreaseCommand,
} from '@aws-sdk/client-service-quotas';
import { iam } from './clients/iam.ts';
import { serviceQuotas } from './clients/service-quotas.ts';

/** Changes of an account that `make doctor FIX=1` makes after asking. */
export const accountRepair = {
  async createSpotRole(): Promise<void> {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'spot.amazonaws.com' }));
  },

  /** Returns the value that AWS has been asked for and has not decided on; undefined without such a request. */
  async requestedLimit(service: string, code: string): Promise<number | undefined> {
    const { RequestedQuotas = [] } = await serviceQuotas.send(
      new ListRequestedServiceQuotaChangeHistoryByQuotaCommand({ ServiceCode: service, QuotaCode: code }),
    );
    return RequestedQuotas.find(({ Status }) => Status === 'PENDING' || Status === 'CASE_OPENED')
      ?.DesiredValue;
  },

  async requestLimit(service: string, code: string, value: number): Promise<void> {
    await serviceQuotas.send(
      new RequestServiceQuotaIncreaseCommand({ ServiceCode: service, QuotaCode: code, DesiredValue: value }),
    );
  },
};
