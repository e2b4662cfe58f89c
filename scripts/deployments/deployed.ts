import { artifactStore } from '../../aws/artifact-store.ts';
import { cloudTime } from '../../aws/cloud-time.ts';
import { requiredFunction, stateMachineNextTo } from '../../aws/deployed-functions.ts';
import { definitionOf, environmentOfVersion } from '../../aws/deployed-versions.ts';
import { aliasVersion } from '../../aws/function-aliases.ts';
import { rolePolicy } from '../../aws/role-policies.ts';
import { functionNames, functions, isOptional, liveAlias } from '../../config/functions.ts';
import { type WorkerName, workers } from '../../config/workers.ts';
import { deploymentKey, deploymentsPrefix } from '../../domain/artifacts.ts';
import { DeploymentRecord, type Versions } from '../../domain/deployment-record.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { namesOf } from '../../stacks/names.ts';
import type { Cloud } from '../cloud.ts';

/** The deployed stage that the AWS clients of this process point at: its versions, roles and records. */
export async function deployedStage({ stage, local }: Cloud) {
  const names = namesOf(stage);
  const { arn, environment } = await requiredFunction(names.functions.cleanup);
  const bucket = environment.S3_BUCKET ?? '';
  const store = artifactStore(bucket);
  const stateMachineArn = stateMachineNextTo(arn, names);

  async function live(): Promise<Versions> {
    const chosen = functionNames.map(async (name) => {
      const version = await aliasVersion(names.functions[name], liveAlias);
      if (version) return [[name, version] as const];
      if (isOptional(name)) return [];
      throw new ConfigurationError(
        `${names.functions[name]} has no alias ${liveAlias}: it was deployed before deployments could be undone; deploy once more`,
      );
    });
    return {
      functions: Object.fromEntries((await Promise.all(chosen)).flat()),
      definition: await definitionOf(stateMachineArn),
    };
  }

  /** Code of the machines: the environment of the version that starts them names it. */
  async function machines(versions: Versions): Promise<Pick<DeploymentRecord, 'bundles' | 'image'>> {
    const bundles: Record<string, string> = {};
    let image: string | undefined;
    for (const name of functionNames) {
      const { launches } = functions[name] as { launches?: WorkerName };
      const version = versions.functions[name];
      if (!launches || !version) continue;
      const environment = (await environmentOfVersion(names.functions[name], version)) ?? {};
      const { WORKER_BUNDLE, FFMPEG_BUNDLE } = environment;
      if (WORKER_BUNDLE?.startsWith('s3://')) bundles[launches] = WORKER_BUNDLE;
      if (FFMPEG_BUNDLE) bundles.ffmpeg = FFMPEG_BUNDLE;
      image = environment[`${launches.toUpperCase()}_AMI_ID`] ?? image;
    }
    return { bundles, ...(image !== undefined && { image }) };
  }

  /** The local cloud has no IAM. */
  async function policies(): Promise<Record<string, string>> {
    if (local) return {};
    const roles = [...functionNames, ...Object.keys(workers)];
    const found = await Promise.all(
      roles.map(async (role) => [role, await rolePolicy(names.named(role), 'needs')] as const),
    );
    return Object.fromEntries(found.flatMap(([role, text]) => (text ? [[role, text]] : [])));
  }

  return {
    names,
    stateMachineArn,
    live,
    machines,
    policies,

    async records(): Promise<DeploymentRecord[]> {
      const records: DeploymentRecord[] = [];
      for await (const { key } of store.list(deploymentsPrefix))
        records.push(await store.getJson(key, DeploymentRecord));
      return records;
    },
    now: () => cloudTime(bucket),
    putRecord: (record: DeploymentRecord) => store.putJson(deploymentKey(record.at), record),
  };
}
