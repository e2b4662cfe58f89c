/** A call over AWS's JSON protocol: the operation in a header, its parameters as the body. */

import type { Json } from '../json.ts';
import type { ServiceClient, ServiceResponse } from './http.ts';

/** A service that tasks call. */
export interface ServiceTarget {
  readonly client: ServiceClient;
  readonly endpoint: string;
  readonly region: string;
}

/** Posts an operation, named as in `X-Amz-Target`, to a service, named as in the credential scope. */
export function callOperation(
  { client, endpoint, region }: ServiceTarget,
  service: string,
  operation: string,
  parameters: Json,
): Promise<ServiceResponse> {
  return client.post({
    url: endpoint,
    service,
    region,
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': operation },
    body: JSON.stringify(parameters),
  });
}
