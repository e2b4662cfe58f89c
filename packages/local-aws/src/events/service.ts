import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { handleJson, operation } from '../protocol/json-operations.ts';
import type { Service } from '../service.ts';
import type { EventBus } from './bus.ts';

const Entry = z.object({
  Source: z.string(),
  DetailType: z.string(),
  Detail: z.string(),
  Resources: z.array(z.string()).default([]),
  Time: z.number().optional(),
});

/** Serves EventBridge's PutEvents on the default bus. Rules come from the deployment. */
export function createEventsService(bus: EventBus): Service {
  const putEvents = operation(z.object({ Entries: z.array(Entry).min(1).max(10) }), ({ Entries }) => {
    const results = Entries.map((entry) => {
      let detail: unknown;
      try {
        detail = JSON.parse(entry.Detail);
      } catch {
        return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
      }
      const { Source: source, DetailType: detailType, Resources: resources, Time } = entry;
      const time = Time === undefined ? {} : { time: new Date(Time * 1000) };
      // The caller learns that the event was accepted, not the result of its delivery.
      void bus.publish({ source, detailType, detail, resources, ...time });
      return { EventId: randomUUID() };
    });
    return { Entries: results, FailedEntryCount: results.filter((one) => 'ErrorCode' in one).length };
  });
  return { handle: handleJson('events', { PutEvents: putEvents }), close: async () => {} };
}
