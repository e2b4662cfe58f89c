/** Routes of the browser for tables and the bucket; nothing is written. */

import type { CloudAccess, ShownCloud } from '../cloud-access.ts';
import { sendObject } from './artifact-files.ts';
import { pageOf } from './listing.ts';
import { folderOf } from './model/bucket.ts';
import { columnsOf, itemListing, tablesModel } from './model/tables.ts';
import { needed, sendAsFile } from './responses.ts';
import type { Routes } from './router.ts';

export function dataRoutes({ clock }: Pick<ShownCloud, 'clock'>, access: CloudAccess): Routes {
  const tables = tablesModel(access);
  return {
    'GET /api/tables': () => tables.list(),
    'GET /api/tables/:name': async ({ parameters, query }) => {
      const { keys, items, total } = await tables.items(parameters.name ?? '', query.get('prefix') ?? '');
      const columns = columnsOf(items, keys);
      return { ...pageOf(items, itemListing(columns), query, clock.now()), total, keys, columns };
    },
    'GET /api/bucket': ({ query }) => folderOf(access, query.get('prefix') ?? '', query.get('start') ?? ''),
    'GET /api/object': async ({ query, request, response }) => {
      const key = needed(query.get('key'), 'key');
      if (query.has('download')) sendAsFile(response, key.slice(key.lastIndexOf('/') + 1) || 'object');
      await sendObject(key, access, request, response);
    },
  };
}
