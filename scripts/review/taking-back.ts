import { userInfo } from 'node:os';
import type { ApprovedNotes } from '../../aws/approved-notes.ts';
import { cloudTime } from '../../aws/cloud-time.ts';

/** Returns a function that takes back the approval of a note of a series now, in the name of the person at this machine. */
export const takingBack =
  ({ takeBack }: Pick<ApprovedNotes, 'takeBack'>, bucket: string, by: (user: string) => string) =>
  async (series: string, textHash: string): Promise<void> => {
    // The cloud's time has no fractions: the next second is after an approval that is just stored.
    const at = new Date((await cloudTime(bucket)).getTime() + 1000).toISOString();
    await takeBack(series, textHash, { by: by(userInfo().username), at });
  };
