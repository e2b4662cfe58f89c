import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { uploadLedger } from './upload-ledger.ts';

/** Ends YouTube's refusal of a channel whose secret was set. A stage that was never started has no table yet. */
export async function openChannel(countersTable: string, channel: string | undefined): Promise<void> {
  const ledger = uploadLedger(countersTable, channel);
  try {
    if (await ledger.refusal()) await ledger.admit();
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
