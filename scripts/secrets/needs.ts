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

/** Returns one line for each secret; missing ones stand out. */
export function describeNeeds(stage: string, needs: readonly SecretNeed[]): string {
  const lines = needs.map(({ name, needed, state }) => {
    const { setting, is } = secrets[name].neededWhen;
    const set = state.setAt ? `set ${state.setAt.toISOString().slice(0, 10)}` : 'not set';
    const why = needed ? `needed: ${setting} names ${is}` : `only when ${setting} names ${is}`;
    const hint = needed && !state.setAt ? `  → make secrets SET=${name} STAGE=${stage}` : '';
    return `  ${name.padEnd(9)}${set.padEnd(16)}${why}${hint}`;
  });
  const missing = needs.filter(({ needed, state }) => needed && !state.setAt);
  const end = missing.length === 0 ? 'nothing is missing' : `${missing.length} missing`;
  return [`Secrets of stage ${stage}: ${end}`, ...lines].join('\n');
}
