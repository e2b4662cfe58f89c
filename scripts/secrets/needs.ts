import type { SecretState } from '../../aws/secret-store.ts';
import { channelSecret, mainChannel } from '../../domain/channel.ts';
import { needsSecret, type SecretName, secretNames, secrets } from '../../domain/secrets.ts';

/** State of one secret of a stage; never its value. */
export interface SecretNeed {
  name: SecretName;
  /** The channel that the secret is of, unless that is the first one. */
  channel?: string;
  needed: boolean;
  state: SecretState;
}

/** Returns the options of `make secrets` that set a secret. */
export const optionsFor = ({ name, channel }: Pick<SecretNeed, 'name' | 'channel'>) =>
  channel === undefined ? `SET=${name}` : `SET=${name} CHANNEL=${channel}`;

/** Returns the name of a secret, like `youtube` or `youtube/truyen-ma`. */
export const labelOf = ({ name, channel = mainChannel }: Pick<SecretNeed, 'name' | 'channel'>) =>
  channelSecret(name, channel);

/** Returns which secrets the settings of a stage need, and which of them are set. `stateOf` gets their names. */
export async function secretNeeds(
  settings: Readonly<Record<string, unknown>> & { channels?: object },
  stateOf: (label: string) => Promise<SecretState>,
): Promise<SecretNeed[]> {
  const further = Object.keys(settings.channels ?? {}).map((channel) => ({
    name: 'youtube' as const,
    channel,
  }));
  return Promise.all(
    [...secretNames.map((name) => ({ name })), ...further].map(async (secret) => ({
      ...secret,
      needed: needsSecret(secret.name, settings),
      state: await stateOf(labelOf(secret)),
    })),
  );
}

/** Returns one line for each secret of a stage; missing ones stand out. */
export function describeNeeds(stage: string, needs: readonly SecretNeed[]): string {
  const lines = needs.map((need) => {
    const isMissing = need.needed && !need.state.setAt;
    return `${describe(need)}${isMissing ? `  → make secrets ${optionsFor(need)} STAGE=${stage}` : ''}`;
  });
  const missing = needs.filter(({ needed, state }) => needed && !state.setAt);
  const end = missing.length === 0 ? 'nothing is missing' : `${missing.length} missing`;
  return [`Secrets of stage ${stage}: ${end}`, ...lines].join('\n');
}

/** Returns one line for each secret of the local cloud; the settings that `make dev` was started with are not known here. */
export const describeSecrets = (needs: readonly SecretNeed[]): string =>
  ['Secrets of the local cloud', ...needs.map(describe)].join('\n');

function describe(need: SecretNeed): string {
  const { needed, state } = need;
  const { setting, is } = secrets[need.name].neededWhen;
  const set = state.setAt ? `set ${state.setAt.toISOString().slice(0, 10)}` : 'not set';
  const why = `${needed ? 'needed:' : 'only when'} ${setting} names ${is}`;
  return `  ${labelOf(need).padEnd(8)} ${set.padEnd(16)}${why}`;
}
