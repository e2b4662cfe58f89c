import type { Config } from '../config/settings/index.ts';
import { ConfigurationError } from '../domain/errors.ts';

const placeholderPattern = /\$\{([^}]*)\}/g;

/** Placeholders of the flow other than the ARNs of its functions. */
export function flowSettings(
  config: Pick<Config, 'lanes' | 'renderShards' | 'renderShardsOn' | 'review' | 'reviewHours'>,
  jobsTable: string,
) {
  return {
    'jobs-table': jobsTable,
    lanes: String(config.lanes),
    'spread-render': String(config.renderShards !== 0),
    'shards-on': config.renderShardsOn,
    review: config.review,
    'review-seconds': String(config.reviewHours * 3600),
  };
}

/** Returns the names of the `${placeholders}` in a definition, each once. */
export function placeholdersOf(definition: string): string[] {
  return [...new Set([...definition.matchAll(placeholderPattern)].map(([, name]) => name ?? ''))].sort();
}

/**
 * Fills the placeholders of a state machine's JSON text. They are only inside strings, so a value is escaped as one.
 * A placeholder without a value, and a value without a placeholder, are errors, since both are typing mistakes.
 */
export function fillPlaceholders(definition: string, values: Readonly<Record<string, string>>): string {
  const used = placeholdersOf(definition);
  const unknown = used.filter((name) => !(name in values));
  const unused = Object.keys(values).filter((name) => !used.includes(name));
  if (unknown.length > 0)
    throw new ConfigurationError(
      `The state machine has no value for \${${unknown.join('}, ${')}}; there is one for ${Object.keys(values).sort().join(', ') || 'none'}`,
    );
  if (unused.length > 0)
    throw new ConfigurationError(`The state machine has no placeholder \${${unused.join('}, ${')}}`);
  return definition.replace(placeholderPattern, (_, name: string) =>
    JSON.stringify(values[name]).slice(1, -1),
  );
}
