import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { account, startUnderTest, type UnderTest } from '../testing/under-test.ts';
import { clientOf } from '../testing.ts';
import { createServiceQuotasService } from './service.ts';

let cloud: UnderTest;
let client: ServiceQuotasClient;

beforeAll(async () => {
  cloud = await startUnderTest();
  cloud.gateway.serve('servicequotas', createServiceQuotasService({ 'ec2/L-34B43A08': 5 }, account));
  client = new ServiceQuotasClient(clientOf(cloud.endpoint));
});
afterAll(async () => {
  client.destroy();
  await cloud.end();
});

test('a quota of the account has its value', async () => {
  const { Quota } = await client.send(
    new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: 'L-34B43A08' }),
  );
  expect(Quota).toMatchObject({
    ...{ Value: 5, QuotaArn: 'arn:aws:servicequotas:us-east-1:123456789012:ec2/L-34B43A08' },
  });
});

test('a quota that was not given is a named error', async () => {
  const unknown = new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: 'L-0' });
  await expect(client.send(unknown)).rejects.toMatchObject({ name: 'NoSuchResourceException' });
});
