import * as z from 'zod';
import type { Account } from '../account.ts';
import { AwsError } from '../protocol/aws-error.ts';
import { handleJson, operation } from '../protocol/json-operations.ts';
import type { Service } from '../service.ts';

const ByCode = z.object({ ServiceCode: z.string(), QuotaCode: z.string() });

/** Serves the account's quotas, which are given as `<service>/<code>` and their values. The cloud does not enforce them. */
export function createServiceQuotasService(
  quotas: Readonly<Record<string, number>>,
  account: Account,
): Service {
  const operations = {
    GetServiceQuota: operation(ByCode, ({ ServiceCode, QuotaCode }) => {
      const name = `${ServiceCode}/${QuotaCode}`;
      const Value = Object.hasOwn(quotas, name) ? quotas[name] : undefined;
      if (Value === undefined)
        throw new AwsError('NoSuchResourceException', `The local cloud was given no quota ${name}`);
      return {
        Quota: {
          ...{ ServiceCode, QuotaCode, Value, Unit: 'None', Adjustable: true },
          QuotaArn: `arn:aws:servicequotas:${account.region}:${account.id}:${name}`,
        },
      };
    }),
  };
  return { handle: handleJson('servicequotas', operations), close: async () => {} };
}
