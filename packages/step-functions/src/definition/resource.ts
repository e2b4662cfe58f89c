/** Task resources that the engine can call, and their names in the history. */

export interface Resource {
  readonly arn: string;
  /** `function` sends the state's input to the function unchanged; the others are service integrations. */
  readonly service: 'function' | 'lambda' | 'sqs' | 'aws-sdk:dynamodb' | 'states' | 'aws-sdk:sfn';
  /** The integration's action, as the history shows it; for a function, its ARN. */
  readonly action: string;
  readonly waitForTaskToken: boolean;
  /** The task ends when the job that it started ends. */
  readonly sync: boolean;
}

const integrationArn = /^arn:aws[a-z-]*:states:[^:]*:[^:]*:([^:]+:.+)$/;
const functionArn = /^arn:aws[a-z-]*:lambda:[^:]+:[^:]*:function:[^:]+(:[^:]+)?$/;
const activity = /^arn:aws[a-z-]*:states:[^:]+:\d*:activity:/;

/** Resources that the engine can call, with the invocation modes that AWS offers for each. */
const supported: readonly (readonly [Resource['service'], action: string, ways: readonly string[]])[] = [
  ['lambda', 'invoke', ['', '.waitForTaskToken']],
  ['sqs', 'sendMessage', ['', '.waitForTaskToken']],
  ['aws-sdk:dynamodb', 'updateItem', ['', '.waitForTaskToken']],
  ['states', 'startExecution', ['', '.sync', '.sync:2', '.waitForTaskToken']],
  ['aws-sdk:sfn', 'startExecution', ['', '.waitForTaskToken']],
  ['aws-sdk:sfn', 'startSyncExecution', ['', '.waitForTaskToken']],
];

const knownResources: ReadonlyMap<string, Omit<Resource, 'arn'>> = new Map(
  supported.flatMap(([service, action, ways]) =>
    ways.map((way): [string, Omit<Resource, 'arn'>] => [
      `${service}:${action}${way}`,
      {
        service,
        action: `${action}${way}`,
        waitForTaskToken: way === '.waitForTaskToken',
        sync: way.startsWith('.sync'),
      },
    ]),
  ),
);

/** Placeholder resource of a definition that is refused anyway. */
export const noResource: Resource = {
  arn: '',
  service: 'function',
  action: '',
  waitForTaskToken: false,
  sync: false,
};

/**
 * Integrations of AWS that this engine does not support. They get their own message, so that it is not mistaken for a typing
 * error.
 */
const elsewhere =
  /^(aws-sdk:|dynamodb:(get|put|update|delete)Item|sns:publish|events:putEvents|ecs:runTask|batch:submitJob|http:invoke|glue:|athena:|bedrock:|codebuild:|emr-|eks:|sagemaker:|apigateway:invoke|mediaconvert:|databrew:)/;

/** Returns the resource, or a sentence that says why it cannot be called. */
export function parseResource(arn: string): Resource | string {
  if (functionArn.test(arn)) {
    return { arn, service: 'function', action: arn, waitForTaskToken: false, sync: false };
  }
  if (activity.test(arn)) return `Activities are not supported by the local cloud: ${arn}`;
  const integration = integrationArn.exec(arn)?.[1];
  const known = integration === undefined ? undefined : knownResources.get(integration);
  if (known) return { arn, ...known };
  if (integration !== undefined && elsewhere.test(integration)) {
    return `The service integration ${integration} is not supported by the local cloud`;
  }
  const shown = arn.replace(/^arn:aws[a-z-]*:/, 'arn:<partition>:');
  return `The resource provided ${shown} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
}
