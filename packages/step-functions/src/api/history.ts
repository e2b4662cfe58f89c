/** GetExecutionHistory. */

import { z } from 'zod';
import type { HistoryEvent } from '../history.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { findExecution } from './find.ts';
import { cutPage, pageOf, paging, read } from './request.ts';
import type { Operations } from './service.ts';

const request = z.object({
  ...paging,
  executionArn: z.string(),
  reverseOrder: z.boolean().optional(),
  includeExecutionData: z.boolean().optional(),
});

/** Fields that hold the data of the execution, each with its `…Details`. */
const dataFields = ['input', 'output', 'parameters', 'assignedVariables'];

export const historyOperations: Operations = {
  async GetExecutionHistory(parts, input) {
    const {
      executionArn,
      reverseOrder = false,
      includeExecutionData = true,
      ...range
    } = read(request, input);
    const { key } = findExecution(parts, executionArn);
    const page = pageOf(range);
    const { items, nextToken } = cutPage(
      parts.executions.events(key, page.limit + 1, page.offset, reverseOrder),
      page,
    );
    const events = items.map((text) => JSON.parse(text) as HistoryEvent);
    return { events: includeExecutionData ? events : events.map(withoutData), nextToken };
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
