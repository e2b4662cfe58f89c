import { type LocalAddress, localAccountId, stateMachineArn } from './account.ts';
import { callJson, makeBucket, makeTopic, WireError } from './wire.ts';

/** A table as CreateTable takes it. */
export interface TableDefinition {
  TableName: string;
  KeySchema: readonly { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
  AttributeDefinitions: readonly { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  readonly [parameter: string]: unknown;
}

/** The stores that exist when the cloud is ready. */
export interface Storage {
  tables?: readonly TableDefinition[];
  /** Names of buckets of S3. */
  buckets?: readonly string[];
  /** Names of topics of SNS. */
  topics?: readonly string[];
}

/** Creates the tables, buckets and topics; existing ones stay unchanged. */
export async function deployStorage(target: LocalAddress, storage: Storage): Promise<void> {
  const { tables = [], buckets = [], topics = [] } = storage;
  await Promise.all([
    ...tables.map((table) =>
      unless('ResourceInUseException', () =>
        callJson(target, 'dynamodb', 'CreateTable', { BillingMode: 'PAY_PER_REQUEST', ...table }),
      ),
    ),
    ...buckets.map((name) => makeBucket(target, name)),
    ...topics.map((name) => makeTopic(target, name)),
  ]);
}

/** Creates or updates a state machine. */
export async function deployStateMachine(
  target: LocalAddress,
  name: string,
  definition: string,
): Promise<void> {
  const machine = { definition, roleArn: `arn:aws:iam::${localAccountId}:role/${name}-states` };
  const isNew = await unless('StateMachineAlreadyExists', () =>
    callJson(target, 'states', 'CreateStateMachine', { name, ...machine }),
  );
  if (isNew) return;
  const arn = stateMachineArn(name, { id: localAccountId, region: target.region });
  await callJson(target, 'states', 'UpdateStateMachine', { stateMachineArn: arn, ...machine });
}

/** Returns true when a call succeeded, false for the error that says that it was already done. */
async function unless(code: string, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof WireError && error.code === code) return false;
    throw error;
  }
}
