import { sdkExceptionName, serviceName } from './names.ts';

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
