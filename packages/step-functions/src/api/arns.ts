/** ARNs of state machines and executions. */

import { ApiError, validationError } from './errors.ts';

export interface Owner {
  readonly region: string;
  readonly accountId: string;
}

const role = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;
const machine = /^arn:aws[a-z-]*:states:[^:]+:\d{12}:stateMachine:[^:]+$/;
const qualified = /^(arn:aws[a-z-]*:states:[^:]+:\d{12}:stateMachine:[^:]+):[^:]+$/;
const activity = /^arn:aws[a-z-]*:states:[^:]+:\d{12}:activity:[^:]+$/;
const execution = /^arn:aws[a-z-]*:states:[^:]+:\d{12}:execution:[^:]+:[^:]+$/;

export function machineArn({ region, accountId }: Owner, name: string): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
}

export function executionArn({ region, accountId }: Owner, machineName: string, name: string): string {
  return `arn:aws:states:${region}:${accountId}:execution:${machineName}:${name}`;
}

/** Returns the ARN of an express execution, which is unique even when its name is reused. */
export function expressArn({ region, accountId }: Owner, machineName: string, name: string): string {
  return `arn:aws:states:${region}:${accountId}:express:${machineName}:${name}:${crypto.randomUUID()}`;
}

/** Throws InvalidArn, and ValidationException for the ARN of a distributed Map, as AWS's API does. */
export function checkMachineArn(arn: string): string {
  if (!machine.test(arn)) throw invalid(arn);
  if (arn.includes('/')) throw validationError(`The ARN is that of a distributed Map: '${arn}'`);
  return arn;
}

/** Throws InvalidArn. */
export function checkActivityArn(arn: string): string {
  if (!activity.test(arn)) throw invalid(arn);
  return arn;
}

/** Throws InvalidArn. */
export function checkRoleArn(roleArn: string): void {
  if (!role.test(roleArn)) throw new ApiError('InvalidArn', `Invalid Role Arn: '${roleArn}'`);
}

/** Throws InvalidArn for anything but the ARN of a version or an alias. */
export function checkQualifiedArn(arn: string): string {
  if (!qualified.test(arn)) throw invalid(arn);
  return arn;
}

/** Throws InvalidArn, also for an express execution: AWS has them in its logs only. */
export function checkExecutionArn(arn: string): string {
  if (!execution.test(arn)) throw invalid(arn);
  return arn;
}

/** Returns AWS's error for an ARN that an operation does not take. */
function invalid(arn: string): ApiError {
  const type = arn.split(':')[5];
  const reason =
    arn.startsWith('arn:') && type
      ? `Resource type not valid in this context: ${type}`
      : `Invalid ARN prefix: ${arn}`;
  return new ApiError('InvalidArn', `Invalid Arn: '${reason}'`);
}

/** Returns the machine of the ARN of a version or an alias; undefined for any other ARN. */
export function machineOfQualified(arn: string): string | undefined {
  return qualified.exec(arn)?.[1];
}

/** Returns the label of a distributed Map, which follows the machine's name in the ARN of its run. */
export function labelOf(mapRunArn: string): string | undefined {
  return /\/([^/:]+):[^:]*$/.exec(mapRunArn)?.[1];
}
