/** Tags of state machines and activities. */

import * as z from 'zod';
import { checkMachineArn, machineOfQualified } from './arns.ts';
import { ApiError, validationError } from './errors.ts';
import { read } from './request.ts';
import type { Operations, ServiceParts } from './service.ts';

const tags = z.array(z.object({ key: z.string(), value: z.string() }));
/** A list that `tagsOf` reads once it is known to be short. */
export const tagList = z.array(z.unknown());
const resource = z.object({ resourceArn: z.string() });
type Tags = Readonly<Record<string, string>>;

/** AWS's limit for the tags of a resource. */
const mostTags = 50;
/** The characters that the API reference allows in tags. */
const allowed = /^[\p{L}\p{N}\p{Z}\s_.:/=+\-@]*$/u;

/** Returns the tags of a resource with further ones. Throws TooManyTags, and ValidationException for other characters. */
export function tagsOf(list: z.infer<typeof tagList>, before: Tags = {}): Record<string, string> {
  const given = list.length > mostTags ? undefined : read(tags, list);
  const all = { ...before, ...Object.fromEntries((given ?? []).map(({ key, value }) => [key, value])) };
  if (!given || Object.keys(all).length > mostTags)
    throw new ApiError('TooManyTags', `A resource can have at most ${mostTags} tags`);
  for (const { key, value } of given) {
    if (!allowed.test(key) || !allowed.test(value))
      throw validationError(
        `Tags may only contain Unicode letters, digits, white space, or these symbols: _ . : / = + - @. Received: '${key}' '${value}'`,
      );
    if (/^aws:/i.test(key))
      throw validationError(`Tag keys that start with aws: are reserved. Received: '${key}'`);
  }
  return all;
}

export const tagOperations: Operations = {
  async ListTagsForResource(parts, input) {
    const { tags } = tagged(parts, read(resource, input).resourceArn);
    return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
  },

  async TagResource(parts, input) {
    const { resourceArn, tags: given } = read(resource.extend({ tags: tagList }), input);
    const found = tagged(parts, resourceArn);
    found.put(tagsOf(given, found.tags));
    return {};
  },

  async UntagResource(parts, input) {
    const { resourceArn, tagKeys } = read(resource.extend({ tagKeys: z.array(z.string()) }), input);
    const found = tagged(parts, resourceArn);
    const removed = new Set(tagKeys);
    found.put(Object.fromEntries(Object.entries(found.tags).filter(([key]) => !removed.has(key))));
    return {};
  },
};

/** Finds the tags of a machine or an activity. Throws ResourceNotFound or InvalidArn. */
function tagged(parts: ServiceParts, arn: string): { tags: Tags; put(tags: Tags): void } {
  if (/:activity:[^:]+$/.test(arn)) {
    const activity = parts.activities.find(arn);
    if (!activity) throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
    return { tags: activity.tags, put: (tags) => parts.activities.put({ ...activity, tags }) };
  }
  if (machineOfQualified(arn) !== undefined)
    throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
  const machine = parts.machines.find(checkMachineArn(arn));
  if (!machine) throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
  return { tags: machine.tags, put: (tags) => parts.machines.put({ ...machine, tags }) };
}
