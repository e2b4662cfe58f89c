/**
 * The IAM actions behind each SDK command that this project sends (service authorization reference). Without
 * `s3:ListBucket`, a get returns 403 for a missing object; a launch tags what it creates and passes a role to it; a
 * failed multipart upload is aborted.
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
  Delete: ['dynamodb:DeleteItem'],
  Publish: ['sns:Publish'],
  SendTaskSuccess: ['states:SendTaskSuccess'],
  SendTaskFailure: ['states:SendTaskFailure'],
  SendTaskHeartbeat: ['states:SendTaskHeartbeat'],
  DescribeExecution: ['states:DescribeExecution'],
  GetExecutionHistory: ['states:GetExecutionHistory'],
  StopExecution: ['states:StopExecution'],
  RunInstances: ['ec2:RunInstances', 'ec2:CreateTags', 'iam:PassRole'],
  DescribeInstances: ['ec2:DescribeInstances'],
  TerminateInstances: ['ec2:TerminateInstances'],
  GetSecretValue: ['secretsmanager:GetSecretValue'],
  GetServiceQuota: ['servicequotas:GetServiceQuota'],
};

export function actionsBehind(command: string): readonly string[] {
  const actions = actionsOf[command];
  if (!actions) throw new Error(`scripts/permissions/testing/actions.ts has no IAM action for ${command}`);
  return actions;
}
