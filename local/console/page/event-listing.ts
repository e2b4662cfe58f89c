/** Properties by which the events of a history can be searched, filtered and ordered; the server exports them by the same filters. */
import type { Listing } from '../listing.ts';
import type { SlimEvent } from '../slim-event.ts';
import type { History } from './visits.ts';

/** Returns whether an event says that something failed, succeeded or started. */
export function statusOf([, , , type]: SlimEvent): 'failed' | 'succeeded' | 'started' | 'other' {
  if (/(Failed|TimedOut|Aborted)$/.test(type)) return 'failed';
  if (/(Succeeded|Exited)$/.test(type)) return 'succeeded';
  return /(Started|Entered|Scheduled|Submitted)$/.test(type) ? 'started' : 'other';
}

export function eventListing(visitOf: History['visitOf']): Listing<SlimEvent> {
  /** The state that an event belongs to; a name in the event is that of a state or of a map's iteration. */
  const state = ([id, , , , name]: SlimEvent) => visitOf.get(id)?.state || name || undefined;
  return {
    fields: {
      id: ([id]) => id,
      type: ([, , , type]) => type,
      state,
      note: ([, , , , , note]) => note || undefined,
      status: statusOf,
    },
    text: (event) => `${event[3]} ${event[4]} ${state(event) ?? ''} ${event[5]}`,
    time: ([, , time]) => time,
    choices: ['status', 'state', 'type'],
  };
}
