import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';

/** One client a process. Region, credentials and endpoint come from where the SDK always looks. */
export const serviceQuotas = new ServiceQuotasClient({});
