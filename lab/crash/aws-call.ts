import type { IncomingMessage } from 'node:http';

/** Returns the caller and the name of a service request; undefined for requests that are not the pipeline's. */
export function awsCall(
  service: string,
  request: IncomingMessage,
): { caller: string; name: string } | undefined {
  const path = decodeURIComponent((request.url ?? '/').split('?')[0] ?? '');
  const invoked = /\bmanga-pipeline-([^/:]+)\/invocations$/.exec(path)?.[1];
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
  // The name ends as the local cloud makes it, so that Powertools' logger adds nothing.
  const caller = /\bapp\/(\S+?)(?:-PTEnv-|\s|$)/.exec(String(request.headers['user-agent']))?.[1];
  if (!caller) {
    if (invoked) return { caller: 'flow', name: `invoke ${invoked}` };
    return operation === 'StartExecution' ? { caller: 'operator', name: operation } : undefined;
  }
  if (operation === 'SendTaskHeartbeat') return undefined;
  if (service === 's3') return { caller, name: `s3 ${request.method} ${withoutIds(path)}` };
  return { caller, name: `${service} ${operation ?? request.method}` };
}

/** Replaces the parts of a key that differ between jobs. */
const withoutIds = (path: string) =>
  path
    .split('/')
    .slice(2)
    .join('/')
    .replace(/jobs\/job-[^/]+\//, '')
    .replace(/[0-9a-f]{16,}/g, '…') || 'keys';
