/** The definition that an execution started with, and where it comes from. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';
import { oneJobFlowName, replayFlowName } from '../../pipeline.ts';

export interface ShownDefinition {
  definition: string;
  /** One sentence. */
  origin: string;
  /** Whether the state machine still has this definition. */
  current: boolean;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

export async function definitionOf(
  executionArn: string,
  cloud: Pick<ShownCloud, 'stateMachineArn' | 'flowFile'>,
  { states }: CloudAccess,
): Promise<ShownDefinition> {
  const { definition, stateMachineArn } = await states<{ definition: string; stateMachineArn: string }>(
    'DescribeStateMachineForExecution',
    { executionArn },
  );
  const now = await states<{ definition: string }>('DescribeStateMachine', { stateMachineArn });
  return { definition, origin: originOf(stateMachineArn, cloud), current: now.definition === definition };
}

function originOf(
  arn: string,
  { stateMachineArn, flowFile }: Pick<ShownCloud, 'stateMachineArn' | 'flowFile'>,
): string {
  const inProject = relative(root, flowFile);
  const file = inProject.startsWith('..') ? flowFile : inProject;
  if (arn === stateMachineArn) return `Loaded from ${file}, with its placeholders filled in.`;
  if ([oneJobFlowName, replayFlowName].some((name) => arn.endsWith(`:${name}`)))
    return `Made from ${file}: it runs one job, then ends.`;
  return 'Created with CreateStateMachine, not from a file of this project.';
}
