import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';

/** One client per process. Region, credentials and endpoint come from the SDK's default chain. */
export const serviceQuotas = new ServiceQuotasClient({});
