/** A call over AWS's JSON protocol: the operation in a header, its parameters as the body. */

import type { Json } from '../json.ts';
import type { ServiceClient, ServiceResponse } from './http.ts';

/** A service that tasks call. */
export interface ServiceTarget {
  readonly client: ServiceClient;
  readonly endpoint: string;
  readonly region: string;
}

/** An operation as `X-Amz-Target` names it, of a service as the credential scope names it, in a version of the protocol. */
interface Operation {
  readonly service: string;
  readonly operation: string;
  readonly version: string;
}

export function callOperation(
  { client, endpoint, region }: ServiceTarget,
  { service, operation, version }: Operation,
  parameters: Json,
): Promise<ServiceResponse> {
  return client.post({
    url: endpoint,
    service,
    region,
    headers: { 'Content-Type': `application/x-amz-json-${version}`, 'X-Amz-Target': operation },
    body: JSON.stringify(parameters),
  });
}
