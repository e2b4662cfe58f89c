/** Task resources: which the engine can call, and what the history calls them. */

export interface Resource {
  readonly arn: string;
  /** `function`: the state's input goes to the function as it is; the others are service integrations. */
  readonly service: 'function' | 'lambda' | 'sqs' | 'aws-sdk:dynamodb';
  /** The integration's action, as the history shows it; for a function, its ARN. */
  readonly action: string;
  readonly waitForTaskToken: boolean;
}

const INTEGRATION = /^arn:aws[a-z-]*:states:[^:]*:[^:]*:([^:]+:.+)$/;
const FUNCTION_ARN = /^arn:aws[a-z-]*:lambda:[^:]+:[^:]*:function:[^:]+(:[^:]+)?$/;
const ACTIVITY = /^arn:aws[a-z-]*:states:[^:]+:\d*:activity:/;

const SUPPORTED: Readonly<Record<string, Omit<Resource, 'arn'>>> = {
  'lambda:invoke': { service: 'lambda', action: 'invoke', waitForTaskToken: false },
  'lambda:invoke.waitForTaskToken': {
    service: 'lambda',
    action: 'invoke.waitForTaskToken',
    waitForTaskToken: true,
  },
  'sqs:sendMessage': { service: 'sqs', action: 'sendMessage', waitForTaskToken: false },
  'sqs:sendMessage.waitForTaskToken': {
    service: 'sqs',
    action: 'sendMessage.waitForTaskToken',
    waitForTaskToken: true,
  },
  'aws-sdk:dynamodb:updateItem': {
    service: 'aws-sdk:dynamodb',
    action: 'updateItem',
    waitForTaskToken: false,
  },
  'aws-sdk:dynamodb:updateItem.waitForTaskToken': {
    service: 'aws-sdk:dynamodb',
    action: 'updateItem.waitForTaskToken',
    waitForTaskToken: true,
  },
};

/** Integrations of AWS that only this engine lacks: refused as such, so that nobody looks for a spelling mistake. */
const ELSEWHERE =
  /^(aws-sdk:|states:startExecution|dynamodb:(get|put|update|delete)Item|sns:publish|events:putEvents|ecs:runTask|batch:submitJob|http:invoke|glue:|athena:|bedrock:|codebuild:|emr-|eks:|sagemaker:|apigateway:invoke|mediaconvert:|databrew:)/;

/** The resource, or a sentence saying why there is none. */
export function parseResource(arn: string): Resource | string {
  if (FUNCTION_ARN.test(arn)) return { arn, service: 'function', action: arn, waitForTaskToken: false };
  if (ACTIVITY.test(arn)) return `Activities are not in the local cloud: ${arn}`;
  const integration = INTEGRATION.exec(arn)?.[1];
  const known = integration === undefined ? undefined : SUPPORTED[integration];
  if (known) return { arn, ...known };
  if (integration !== undefined && ELSEWHERE.test(integration)) {
    return `The service integration ${integration} is not in the local cloud`;
  }
  const shown = arn.replace(/^arn:aws[a-z-]*:/, 'arn:<partition>:');
  return `The resource provided ${shown} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
}
