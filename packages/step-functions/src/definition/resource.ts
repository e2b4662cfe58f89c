/** Task resources that the engine can call, and their names in the history. */

import { type Integration, integrations, type Way } from './integrations.ts';
import { clientOfService, isSupported } from './sdk-services.ts';

export interface Resource {
  readonly arn: string;
  /**
   * `function` sends the state's input to the function unchanged, `activity` waits for a worker; the others are service
   * integrations, as in `lambda` and `aws-sdk:dynamodb`.
   */
  readonly service: string;
  /** The integration's action, as the history shows it; for a function, its ARN. */
  readonly action: string;
  readonly waitForTaskToken: boolean;
  /** The task ends when the job that it started ends. */
  readonly sync: boolean;
}

/** The guide writes these without a region and an account; a template that AWS publishes has both. */
const integrationArn =
  /^arn:aws[a-z-]*:states:(?:[a-z0-9-]+:\d{12}|:):((?:aws-sdk:)?[a-z0-9-]+):([a-zA-Z0-9]+)(\..+)?$/;
const functionArn = /^arn:aws[a-z-]*:lambda:[^:]+:[^:]*:function:[^:]+(:[^:]+)?$/;
const activity = /^arn:aws[a-z-]*:states:[^:]+:\d{12}:activity:[^:]+$/;

/** Placeholder resource of a definition that is refused anyway. */
export const noResource: Resource = {
  arn: '',
  service: 'function',
  action: '',
  waitForTaskToken: false,
  sync: false,
};

/** Returns the resource, or a sentence that says why it cannot be called. */
export function parseResource(arn: string): Resource | string {
  if (functionArn.test(arn)) {
    return { arn, service: 'function', action: arn, waitForTaskToken: false, sync: false };
  }
  if (activity.test(arn))
    return { arn, service: 'activity', action: arn, waitForTaskToken: false, sync: false };
  const [, service = '', action = '', way = ''] = integrationArn.exec(arn) ?? [];
  if (waysOf(service, action).some((known) => known === way)) {
    return {
      arn,
      service,
      action: `${action}${way}`,
      waitForTaskToken: way === '.waitForTaskToken',
      sync: way.startsWith('.sync'),
    };
  }
  return arn.startsWith('arn:') ? unrecognized(arn) : 'Value is not a valid resource ARN';
}

export function unrecognized(arn: string): string {
  const shown = arn.replace(/^arn:aws[a-z-]*:/, 'arn:<partition>:');
  return `The resource provided ${shown} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
}

/** Returns the ways in which AWS can call an action; none for an unknown one. Actions of SDK clients are checked later. */
function waysOf(service: string, action: string): readonly Way[] {
  if (!service.startsWith('aws-sdk:')) {
    const actions = integrations.get(service)?.actions ?? {};
    return Object.hasOwn(actions, action) ? (actions[action] ?? []) : [];
  }
  const name = service.slice('aws-sdk:'.length);
  const known = clientOfService(name) !== undefined && /^[a-z]/.test(action) && isSupported(name, action);
  return known ? ['', '.waitForTaskToken'] : [];
}

/** The action of a service that a task calls, reached through the client of this name. */
export interface Target {
  readonly client: string;
  /** The action without the way in which it is called. */
  readonly action: string;
  /** The optimized integration; undefined for an SDK integration. */
  readonly integration: Integration | undefined;
}

export function targetOf({ service, action }: Resource): Target {
  if (service === 'function')
    return { client: 'lambda', action: 'invoke', integration: integrations.get('lambda') };
  const name = action.replace(/\..*$/, '');
  const integration = integrations.get(service);
  const client =
    integration?.otherClients?.[name] ??
    integration?.client ??
    clientOfService(service.slice('aws-sdk:'.length));
  if (client === undefined) throw new Error(`${service} is not a service`);
  return { client, action: name, integration };
}
