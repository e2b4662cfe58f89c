import {
  type Config,
  parseConfig,
  type SettingName,
  settings,
  variableOf,
} from '../config/settings/index.ts';

/**
 * Returns the configuration of a local run. Each setting can be given by its name in capitals, as in `make dev
 * REVIEW=manual DAILY_QUOTA=3`; the command sets those in `fixed`.
 */
export function localConfig(
  environment: Readonly<Record<string, string | undefined>>,
  fixed: Partial<Config> = {},
): Config {
  const given = (Object.keys(settings) as SettingName[]).flatMap((setting) => {
    const value = environment[variableOf(setting)];
    return value ? [[setting, value]] : [];
  });
  return parseConfig({ ...Object.fromEntries(given), ...fixed });
}

/** Returns what a user should know of the settings: those that differ from the default, and what takes the place of a service. */
export function shownSettings(config: Config): string[] {
  const defaults = parseConfig({});
  const text = (value: unknown) => (Array.isArray(value) ? value.join(',') : String(value));
  const changed = (Object.keys(settings) as SettingName[])
    .filter((name) => text(config[name]) !== text(defaults[name]))
    .map((name) => `${name} ${text(config[name])}`);
  const embedded = [
    ...(config.voice.includes('espeak') ? ['voice espeak instead of edge'] : []),
    ...(config.publisher === 'folder' ? ['a folder instead of YouTube'] : []),
  ];
  return [
    ...(changed.length > 0 ? [`settings: ${changed.join('; ')}`] : []),
    ...(embedded.length > 0 ? [`on this machine: ${embedded.join(', ')}`] : []),
  ];
}
