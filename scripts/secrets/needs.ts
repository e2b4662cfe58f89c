import type { SecretState } from '../../aws/secret-store.ts';
import { needsSecret, type SecretName, secretNames, secrets } from '../../domain/secrets.ts';

/** What a stage reports about one secret; never its value. */
export interface SecretNeed {
  name: SecretName;
  needed: boolean;
  state: SecretState;
}

/** Returns which secrets the settings of a stage need, and which of them are set. */
export async function secretNeeds(
  settings: Readonly<Record<string, unknown>>,
  stateOf: (name: SecretName) => Promise<SecretState>,
): Promise<SecretNeed[]> {
  return Promise.all(
    secretNames.map(async (name) => ({
      name,
      needed: needsSecret(name, settings),
      state: await stateOf(name),
    })),
  );
}

/** Returns one line for each secret of a stage; missing ones stand out. */
export function describeNeeds(stage: string, needs: readonly SecretNeed[]): string {
  const lines = needs.map((need) => {
    const isMissing = need.needed && !need.state.setAt;
    return `${describe(need)}${isMissing ? `  → make secrets SET=${need.name} STAGE=${stage}` : ''}`;
  });
  const missing = needs.filter(({ needed, state }) => needed && !state.setAt);
  const end = missing.length === 0 ? 'nothing is missing' : `${missing.length} missing`;
  return [`Secrets of stage ${stage}: ${end}`, ...lines].join('\n');
}

/** Returns one line for each secret of the local cloud; the settings that `make dev` was started with are not known here. */
export const describeSecrets = (needs: readonly SecretNeed[]): string =>
  ['Secrets of the local cloud', ...needs.map(describe)].join('\n');

function describe({ name, needed, state }: SecretNeed): string {
  const { setting, is } = secrets[name].neededWhen;
  const set = state.setAt ? `set ${state.setAt.toISOString().slice(0, 10)}` : 'not set';
  const why = `${needed ? 'needed:' : 'only when'} ${setting} names ${is}`;
  return `  ${name.padEnd(9)}${set.padEnd(16)}${why}`;
}
