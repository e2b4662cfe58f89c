/** Tags of state machines. */

import { z } from 'zod';
import { findMachine } from './find.ts';
import { read } from './request.ts';
import type { Operations } from './service.ts';

const resource = z.object({ resourceArn: z.string() });

export const tagOperations: Operations = {
  async ListTagsForResource(parts, input) {
    const { tags } = findMachine(parts, read(resource, input).resourceArn);
    return { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) };
  },

  async TagResource(parts, input) {
    const schema = resource.extend({ tags: z.array(z.object({ key: z.string(), value: z.string() })) });
    const { resourceArn, tags } = read(schema, input);
    const machine = findMachine(parts, resourceArn);
    for (const { key, value } of tags) machine.tags = { ...machine.tags, [key]: value };
    parts.machines.put(machine);
    return {};
  },

  async UntagResource(parts, input) {
    const { resourceArn, tagKeys } = read(resource.extend({ tagKeys: z.array(z.string()) }), input);
    const machine = findMachine(parts, resourceArn);
    for (const key of tagKeys) delete machine.tags[key];
    parts.machines.put(machine);
    return {};
  },
};
