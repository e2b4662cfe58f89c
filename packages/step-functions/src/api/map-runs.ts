/** Operations on the runs of distributed Maps. */

import * as z from 'zod';
import type { ChildCount } from '../store/map-runs.ts';
import type { MapRunRecord } from '../store/records.ts';
import { labelOf } from './arns.ts';
import { validationError } from './errors.ts';
import { findExecution, findMapRun } from './find.ts';
import { cutPage, pageOf, paging, read } from './request.ts';
import type { Operations } from './service.ts';

const byArn = z.object({ mapRunArn: z.string() });
const update = byArn.extend({
  maxConcurrency: z.int().min(0).optional(),
  toleratedFailureCount: z.int().min(0).optional(),
  toleratedFailurePercentage: z.number().min(0).max(100).optional(),
});
const list = z.object({ ...paging, executionArn: z.string() });

export const mapRunOperations: Operations = {
  async DescribeMapRun(parts, input) {
    const record = findMapRun(parts, read(byArn, input).mapRunArn);
    const counts = parts.mapRuns.counts(record);
    const full = parts.mapRuns.notRedrivable(record.arn);
    const waiting = parts.mapRuns.waiting(record.arn);
    const { stateMachineArn: _, ...described } = summary(record);
    return {
      ...described,
      status: record.status,
      maxConcurrency: record.maxConcurrency,
      toleratedFailureCount: record.toleratedCount ?? 0,
      toleratedFailurePercentage: record.toleratedPercentage ?? 0,
      itemCounts: countsOf(record, counts, 'items', waiting.items, full.items),
      executionCounts: countsOf(record, counts, 'executions', waiting.executions, full.executions),
      redriveCount: record.redriveCount,
      ...(record.redriveDate === undefined ? {} : { redriveDate: record.redriveDate / 1000 }),
    };
  },

  async ListMapRuns(parts, input) {
    const request = read(list, input);
    const { key } = findExecution(parts, request.executionArn);
    const page = pageOf('ListMapRuns', request);
    const { items, nextToken } = cutPage(parts.mapRuns.list(key, page.limit + 1, page.offset), page);
    return { mapRuns: items.map(summary), nextToken };
  },

  async UpdateMapRun(parts, input) {
    const { mapRunArn, ...limits } = read(update, input);
    findMapRun(parts, mapRunArn);
    const updated = parts.engine.updateMapRun(mapRunArn, {
      maxConcurrency: limits.maxConcurrency,
      toleratedCount: limits.toleratedFailureCount,
      toleratedPercentage: limits.toleratedFailurePercentage,
    });
    if (!updated) throw validationError(`The map run is not running: '${mapRunArn}'`);
    await parts.engine.durable();
    return {};
  },
};

function summary(record: MapRunRecord) {
  return {
    mapRunArn: record.arn,
    executionArn: record.executionArn,
    // The label of the Map follows the machine's name.
    stateMachineArn: `${record.machineArn}/${labelOf(record.arn)}`,
    startDate: record.startDate / 1000,
    ...(record.stopDate === undefined ? {} : { stopDate: record.stopDate / 1000 }),
  };
}

function countsOf(
  { resultsWritten = false }: MapRunRecord,
  counts: readonly ChildCount[],
  what: 'items' | 'executions',
  pending: number,
  failuresNotRedrivable: number,
) {
  const of = (status: string) => counts.find((count) => count.status === status)?.[what] ?? 0;
  const [running, succeeded, failed, timedOut, aborted, pendingRedrive] = [
    of('RUNNING'),
    of('SUCCEEDED'),
    of('FAILED'),
    of('TIMED_OUT'),
    of('ABORTED'),
    of('PENDING_REDRIVE'),
  ];
  const ended = succeeded + failed + timedOut + aborted;
  return {
    pending,
    running,
    succeeded,
    failed,
    timedOut,
    aborted,
    total: pending + running + ended + pendingRedrive,
    // AWS also counts results that stay in the execution.
    resultsWritten: resultsWritten ? ended : succeeded,
    failuresNotRedrivable,
    pendingRedrive,
  };
}
