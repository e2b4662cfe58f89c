/** GetExecutionHistory. */

import * as z from 'zod';
import type { HistoryEvent } from '../history.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { findExecution } from './find.ts';
import { pageOf, paging, read, tokenOf } from './request.ts';
import type { Operations } from './service.ts';

const request = z.object({
  ...paging,
  executionArn: z.string(),
  reverseOrder: z.boolean().optional(),
  includeExecutionData: z.boolean().optional(),
});

/** Fields that hold the data of the execution, each with its `…Details`. As on AWS, the parameters of a task are not among them. */
const dataFields = ['input', 'output', 'assignedVariables'];

export const historyOperations: Operations = {
  async GetExecutionHistory(parts, input) {
    const wanted = read(request, input);
    const { executionArn, reverseOrder = false, includeExecutionData = true } = wanted;
    const { key, eventCount } = findExecution(parts, executionArn);
    const page = pageOf('GetExecutionHistory', wanted);
    const { limit, offset } = page;
    const from = reverseOrder && offset === 0 ? eventCount + 1 : offset;
    const texts = parts.executions.events(key, limit, from, reverseOrder);
    const events = texts.map((text) => JSON.parse(text) as HistoryEvent);
    const last = events.at(-1)?.id ?? 0;
    const more = reverseOrder ? last > 1 : last > 0 && last < eventCount;
    return {
      events: includeExecutionData ? events : events.map(withoutData),
      ...(more && { nextToken: tokenOf(page, last) }),
    };
  },
};

function withoutData(event: HistoryEvent): object {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]: [string, Json]) => [
      name,
      isObject(value) ? stripped(value) : value,
    ]),
  );
}

function stripped(details: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(details).filter(([name]) => !dataFields.includes(name.replace(/Details$/, ''))),
  );
}
