/**
 * The IAM actions behind each command of the SDK that this project sends (service authorization reference).
 * A get without `s3:ListBucket` answers 403 for an object that isn't there; a launch tags what it makes and hands a
 * role to it; an upload in parts that fails is given up.
 */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  GetObject: ['s3:GetObject', 's3:ListBucket'],
  HeadObject: ['s3:GetObject', 's3:ListBucket'],
  ListObjectsV2: ['s3:ListBucket'],
  PutObject: ['s3:PutObject'],
  Upload: ['s3:PutObject', 's3:AbortMultipartUpload'],
  DeleteObjects: ['s3:DeleteObject'],
  Get: ['dynamodb:GetItem'],
  Update: ['dynamodb:UpdateItem'],
  Scan: ['dynamodb:Scan'],
  Publish: ['sns:Publish'],
  SendTaskSuccess: ['states:SendTaskSuccess'],
  SendTaskFailure: ['states:SendTaskFailure'],
  SendTaskHeartbeat: ['states:SendTaskHeartbeat'],
  RunInstances: ['ec2:RunInstances', 'ec2:CreateTags', 'iam:PassRole'],
  DescribeInstances: ['ec2:DescribeInstances'],
  TerminateInstances: ['ec2:TerminateInstances'],
  GetSecretValue: ['secretsmanager:GetSecretValue'],
};

export function actionsBehind(command: string): readonly string[] {
  const actions = actionsOf[command];
  if (!actions) throw new Error(`scripts/permissions/actions.ts does not know what IAM asks for ${command}`);
  return actions;
}
