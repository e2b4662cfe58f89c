import { memberName, sdkExceptionName, serviceName } from './names.ts';

/** From the table of exception prefixes in the developer guide. */
test.each([
  ['DynamoDB', 'DynamoDb'],
  ['SFN', 'Sfn'],
  ['S3', 'S3'],
  ['CloudWatch Logs', 'CloudWatchLogs'],
  ['Config Service', 'Config'],
  ['Database Migration Service', 'DatabaseMigration'],
  ['SageMaker A2I Runtime', 'SageMakerA2IRuntime'],
  ['AmplifyUIBuilder', 'AmplifyUiBuilder'],
  ['IoTAnalytics', 'IoTAnalytics'],
  ['Elastic Load Balancing v2', 'ElasticLoadBalancingV2'],
  ['WAFV2', 'Wafv2'],
  ['FSx', 'FSx'],
])('the service %s is %s in errors', (serviceId, name) => {
  expect(serviceName(serviceId)).toBe(name);
});

test.each([
  ['NoSuchKey', 'NoSuchKeyException'],
  ['ConditionalCheckFailedException', 'ConditionalCheckFailedException'],
  ['DBInstanceNotFoundFault', 'DbInstanceNotFoundException'],
  ['AWSOrganizationsNotInUseException', 'AwsOrganizationsNotInUseException'],
])('the error %s is named %s', (code, name) => {
  expect(sdkExceptionName(code)).toBe(name);
});

/** As the SDK for Java has them, in lower camel case, and as definitions in AWS's samples do. */
test.each([
  ['DBInstanceIdentifier', 'DbInstanceIdentifier'],
  ['DBSubnetGroup', 'DbSubnetGroup'],
  ['SSEKMSKeyId', 'SsekmsKeyId'],
  ['ETag', 'ETag'],
  ['S3Key', 'S3Key'],
  ['EC2InstanceId', 'Ec2InstanceId'],
  ['MD5OfMessageBody', 'Md5OfMessageBody'],
  ['ACL', 'Acl'],
  ['launchType', 'LaunchType'],
  ['KeyId', 'KeyId'],
  ['Equals', 'EqualsValue'],
])('the member %s is %s in the task of an SDK integration', (member, name) => {
  expect(memberName(member, 'java')).toBe(name);
});

test('optimized integrations keep acronyms', () => {
  expect(memberName('MD5OfMessageBody', 'model')).toBe('MD5OfMessageBody');
  expect(memberName('launchType', 'model')).toBe('LaunchType');
});
