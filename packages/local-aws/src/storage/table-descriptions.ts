import type { ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';

interface Description {
  TableId?: string;
  TableThroughputModeSummary?: unknown;
}

/** Operations that return the description of a table. */
export const describing = new Set(['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable']);

/**
 * Corrects descriptions of tables that dynalite sends: its ids lack four digits of a UUID, and it adds a member that
 * DynamoDB does not have.
 */
export function correctDescription(response: ServerResponse): void {
  const end = response.end.bind(response) as (body: string) => ServerResponse;
  response.end = (sent: unknown) => {
    const body = Buffer.from(corrected(String(sent ?? '')));
    response.setHeader('content-length', body.length);
    response.setHeader('x-amz-crc32', crc32(body));
    return end(body.toString());
  };
}

function corrected(body: string): string {
  const answer = JSON.parse(body || '{}') as { Table?: Description; TableDescription?: Description };
  for (const description of [answer.Table, answer.TableDescription]) {
    if (!description) continue;
    delete description.TableThroughputModeSummary;
    if (description.TableId?.length === 32) description.TableId += description.TableId.slice(0, 4);
  }
  return JSON.stringify(answer);
}
