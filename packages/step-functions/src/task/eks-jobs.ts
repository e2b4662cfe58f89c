/** Jobs of `eks`: of Kubernetes, and on the parts of a cluster. */

import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { at, type Describe, ended, type Job, objectAt } from './job.ts';

/** An action on a part of EKS, described by the names in the task's parameters. */
function eksJob(action: 'create' | 'delete', kind: string, ...names: string[]): [string, Job] {
  return [
    `eks:${action}${kind}`,
    {
      describe: `describe${kind}`,
      parameters: (_, given) => Object.fromEntries(names.map((name) => [name, given[name] ?? null])),
      result: (description) => description,
      succeeded: (result) =>
        action === 'create'
          ? ended(at(result, kind, 'Status'), 'ACTIVE', ['FAILED', 'CREATE_FAILED', 'DEGRADED'])
          : ended(at(result, kind, 'Status'), 'DELETED', ['DELETE_FAILED']),
      ...(action === 'delete' && { deletes: true }),
    },
  ];
}

/** The cluster that a task of Kubernetes calls. */
function clusterOf({
  ClusterName = null,
  Endpoint = null,
  CertificateAuthority = null,
}: JsonObject): JsonObject {
  return { ClusterName, Endpoint, CertificateAuthority };
}

function itemsOf(value: Json): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Adds the logs of the job's pods where the task asks for them, by the guide's page "Create and manage Amazon EKS clusters". */
async function withLogs(job: JsonObject, given: JsonObject, describe: Describe): Promise<JsonObject> {
  const options = objectAt(given, 'LogOptions');
  if (options.RetrieveLogs !== true) return job;
  const read = async (Path: string, QueryParameters: JsonObject) => {
    const outcome = await describe('call', { ...clusterOf(given), Method: 'GET', Path, QueryParameters });
    return outcome.succeeded
      ? { found: at(outcome.output, 'ResponseBody') }
      : { failed: { error: outcome.error ?? null, cause: outcome.cause ?? null } };
  };
  const pods = `/api/v1/namespaces/${at(job, 'metadata', 'namespace')}/pods`;
  const listed = await read(pods, { labelSelector: [`job-name=${at(job, 'metadata', 'name')}`] });
  if (listed.failed) return { ...job, logs: listed.failed };
  const logsOf = async (pod: string, container: string): Promise<[string, JsonObject]> => {
    const query = { container: [container], ...objectAt(options, 'LogParameters') };
    const { found, failed } = await read(`${pods}/${pod}/log`, query);
    return [container, failed ?? { log: options.RawLogs === true ? (found ?? null) : parsed(found ?? null) }];
  };
  const entries = itemsOf(at(listed.found, 'items')).map(async (pod): Promise<[string, JsonObject]> => {
    const name = String(at(pod, 'metadata', 'name'));
    const containers = itemsOf(at(pod, 'spec', 'containers')).map((one) => logsOf(name, String(one.name)));
    return [name, { containers: Object.fromEntries(await Promise.all(containers)) }];
  });
  return { ...job, logs: { pods: Object.fromEntries(await Promise.all(entries)) } };
}

/** Returns the value of a log that is JSON, and another log as it is. */
function parsed(log: Json): Json {
  if (typeof log !== 'string') return log;
  try {
    return parseJson(log);
  } catch {
    return log;
  }
}

export const eksJobs: readonly [string, Job][] = [
  [
    'eks:runJob',
    {
      // The job is read from Kubernetes, where its name is in the result of the start.
      describe: 'call',
      parameters: ({ ResponseBody = null }, given) => ({
        ...clusterOf(given),
        Method: 'GET',
        Path: `/apis/batch/v1/namespaces/${at(ResponseBody, 'metadata', 'namespace')}/jobs/${at(ResponseBody, 'metadata', 'name')}`,
      }),
      // The guide's sample project reads its `$.status` and `$.logs`.
      result: (description) => objectAt(description, 'ResponseBody'),
      succeeded(result) {
        const conditions = at(result, 'status', 'conditions');
        const isTrue = (type: string) =>
          Array.isArray(conditions) &&
          conditions.some(
            (condition) => at(condition, 'type') === type && at(condition, 'status') === 'True',
          );
        return isTrue('Complete') || (isTrue('Failed') ? false : undefined);
      },
      completed: withLogs,
    },
  ],
  eksJob('create', 'Cluster', 'Name'),
  eksJob('delete', 'Cluster', 'Name'),
  eksJob('create', 'Nodegroup', 'ClusterName', 'NodegroupName'),
  eksJob('delete', 'Nodegroup', 'ClusterName', 'NodegroupName'),
  eksJob('create', 'FargateProfile', 'ClusterName', 'FargateProfileName'),
  eksJob('delete', 'FargateProfile', 'ClusterName', 'FargateProfileName'),
];
