/** Operations on activities. */

import * as z from 'zod';
import { checkActivityArn } from './arns.ts';
import { encryption, refuseKey } from './encryption.ts';
import { ApiError } from './errors.ts';
import { checkName, cutPage, pageOf, paging, read } from './request.ts';
import type { Operations, ServiceParts } from './service.ts';
import { tagList, tagsOf } from './tags.ts';

const byArn = z.object({ activityArn: z.string() });
const create = z.object({
  name: z.string(),
  tags: tagList.optional(),
  encryptionConfiguration: encryption.optional(),
});
/** AWS's quota of workers that wait for a task of one activity. */
const mostWorkers = 1000;
/** AWS's time for which a worker waits for a task. */
const longestPollMs = 60_000;

export const activityOperations: Operations = {
  async CreateActivity(parts, input) {
    const request = read(create, input);
    const name = checkName(request.name);
    refuseKey(request.encryptionConfiguration);
    const { region, accountId } = parts.owner;
    const arn = `arn:aws:states:${region}:${accountId}:activity:${name}`;
    const existing = parts.activities.find(arn);
    const creationDate = existing?.creationDate ?? parts.engine.now();
    if (!existing) parts.activities.put({ arn, name, creationDate, tags: tagsOf(request.tags ?? []) });
    return { activityArn: arn, creationDate: creationDate / 1000 };
  },

  async DescribeActivity(parts, input) {
    const { arn, name, creationDate } = findActivity(parts, read(byArn, input).activityArn);
    return {
      activityArn: arn,
      name,
      creationDate: creationDate / 1000,
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    };
  },

  async ListActivities(parts, input) {
    const page = pageOf('ListActivities', read(z.object(paging), input));
    const { items, nextToken } = cutPage(parts.activities.list(page.limit + 1, page.offset), page);
    const activities = items.map(({ arn, name, creationDate }) => ({
      activityArn: arn,
      name,
      creationDate: creationDate / 1000,
    }));
    return { activities, nextToken };
  },

  async DeleteActivity(parts, input) {
    parts.activities.remove(checkActivityArn(read(byArn, input).activityArn));
    return {};
  },

  /** Returns the next task, or an empty response after a minute without one. */
  async GetActivityTask(parts, input, gone) {
    const schema = byArn.extend({ workerName: z.string().min(1).max(80).optional() });
    const { activityArn, workerName } = read(schema, input);
    const { arn } = findActivity(parts, activityArn);
    if (parts.engine.activities.workers(arn) >= mostWorkers)
      throw new ApiError(
        'ActivityWorkerLimitExceeded',
        'The maximum number of workers concurrently polling for activity tasks has been reached.',
      );
    const signal = AbortSignal.any([gone, AbortSignal.timeout(longestPollMs)]);
    const task = await parts.engine.activities.take(arn, workerName, signal);
    await parts.engine.durable();
    return task ?? {};
  },
};

function findActivity(parts: ServiceParts, arn: string) {
  const activity = parts.activities.find(checkActivityArn(arn));
  if (!activity) throw new ApiError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
  return activity;
}
