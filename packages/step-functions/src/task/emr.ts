/** The actions of `elasticmapreduce`, which are wrapped around those of Elastic MapReduce's API. */

import type { Target } from '../definition/resource.ts';
import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { ordered } from './sdk-response.ts';

type Call = (action: string, parameters: Json) => Promise<Outcome>;
type Action = (call: Call, given: JsonObject) => Promise<Outcome>;

/** From the page "Create and manage Amazon EMR clusters" of the developer guide. */
const actions: Readonly<Record<string, Action>> = {
  createCluster: async (call, given) =>
    changed(await call('runJobFlow', given), ({ JobFlowId = null }) => ({ ClusterId: JobFlowId })),
  terminateCluster: async (call, { ClusterId = null }) =>
    changed(await call('terminateJobFlows', { JobFlowIds: [ClusterId] }), () => ({})),
  addStep: async (call, { ClusterId = null, Step = null, ...rest }) =>
    changed(
      await call('addJobFlowSteps', { JobFlowId: ClusterId, Steps: [Step], ...rest }),
      ({ StepIds }) => ({ StepId: firstOf(StepIds) }),
    ),
  cancelStep: async (call, { StepId = null, ...rest }) =>
    changed(await call('cancelSteps', { StepIds: [StepId], ...rest }), ({ CancelStepsInfoList: list }) => ({
      CancelStepsInfo: firstOf(list),
    })),
  setClusterTerminationProtection: async (call, { ClusterId = null, TerminationProtected = null }) =>
    changed(
      await call('setTerminationProtection', { JobFlowIds: [ClusterId], TerminationProtected }),
      () => ({}),
    ),
  modifyInstanceFleetByName: (call, given) => modifyByName('Fleet', call, given),
  modifyInstanceGroupByName: (call, given) => modifyByName('Group', call, given),
};

/** The fields of a wrapped action, and the action of the API that has the members of one of them. */
export interface EmrFields {
  readonly needed: readonly string[];
  readonly others?: readonly string[];
  readonly inner?: {
    readonly field: string;
    readonly action: string;
    /** The member that the wrapped action finds itself. */
    readonly found?: string;
    /** Returns parameters of the API's action with the value of the field. */
    parameters(value: JsonObject): JsonObject;
  };
}

/** By the action; `createCluster` has the fields of the API's action. */
export const emrFields: Readonly<Record<string, EmrFields>> = {
  terminateCluster: { needed: ['ClusterId'] },
  addStep: {
    needed: ['ClusterId', 'Step'],
    others: ['ExecutionRoleArn'],
    inner: {
      field: 'Step',
      action: 'addJobFlowSteps',
      parameters: (step) => ({ JobFlowId: '', Steps: [step] }),
    },
  },
  cancelStep: { needed: ['ClusterId', 'StepId'], others: ['StepCancellationOption'] },
  setClusterTerminationProtection: { needed: ['ClusterId', 'TerminationProtected'] },
  modifyInstanceFleetByName: {
    needed: ['ClusterId', 'InstanceFleetName', 'InstanceFleet'],
    inner: {
      field: 'InstanceFleet',
      action: 'modifyInstanceFleet',
      found: 'InstanceFleetId',
      parameters: (fleet) => ({ ClusterId: '', InstanceFleet: { ...fleet, InstanceFleetId: '' } }),
    },
  },
  modifyInstanceGroupByName: {
    needed: ['ClusterId', 'InstanceGroupName', 'InstanceGroup'],
    inner: {
      field: 'InstanceGroup',
      action: 'modifyInstanceGroups',
      found: 'InstanceGroupId',
      parameters: (group) => ({ ClusterId: '', InstanceGroups: [{ ...group, InstanceGroupId: '' }] }),
    },
  },
};

/** Returns the function that calls the target; undefined for one that is an action of the API. */
export function emrAction({ client, action, integration }: Target): Action | undefined {
  return client === 'emr' && integration && Object.hasOwn(actions, action) ? actions[action] : undefined;
}

/** Finds the fleet or group of a cluster by its name, then changes it. */
async function modifyByName(kind: 'Fleet' | 'Group', call: Call, given: JsonObject): Promise<Outcome> {
  const { ClusterId = null } = given;
  const [name, change] = [given[`Instance${kind}Name`], given[`Instance${kind}`]];
  const listed = await call(`listInstance${kind}s`, { ClusterId });
  if (!listed.succeeded) return listed;
  const all = isObject(listed.output) ? listed.output[`Instance${kind}s`] : undefined;
  const found = Array.isArray(all) ? all.find((one) => isObject(one) && one.Name === name) : undefined;
  if (!isObject(found)) {
    const cause = `The cluster ${ClusterId} has no instance ${kind.toLowerCase()} ${JSON.stringify(name)}`;
    return { succeeded: false, error: 'EMR.InvalidRequestException', cause };
  }
  const one = { [`Instance${kind}Id`]: found.Id ?? null, ...(isObject(change) ? change : {}) };
  return kind === 'Fleet'
    ? changed(await call('modifyInstanceFleet', { ClusterId, InstanceFleet: one }), () => ({}))
    : changed(await call('modifyInstanceGroups', { ClusterId, InstanceGroups: [one] }), () => ({}));
}

/** Replaces the output of a call, but keeps the metadata. */
function changed(outcome: Outcome, change: (output: JsonObject) => JsonObject): Outcome {
  if (!outcome.succeeded || !isObject(outcome.output)) return outcome;
  const { SdkHttpMetadata = null, SdkResponseMetadata = null } = outcome.output;
  return {
    ...outcome,
    output: ordered({ ...change(outcome.output), SdkHttpMetadata, SdkResponseMetadata }),
  };
}

function firstOf(list: Json | undefined): Json {
  return (Array.isArray(list) ? list[0] : undefined) ?? null;
}
