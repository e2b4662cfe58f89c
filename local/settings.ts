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

/**
 * Returns what a user should know of the settings: those that were given, those that the command sets in their place, and what
 * takes the place of a service.
 */
export function shownSettings(
  environment: Readonly<Record<string, string | undefined>>,
  fixed: Partial<Config> = {},
): string[] {
  const used = localConfig(environment, fixed);
  const defaults = parseConfig({});
  const given = (Object.keys(settings) as SettingName[]).filter((name) => {
    const value = environment[variableOf(name)];
    return value && value !== String(defaults[name]);
  });
  const changed = given.filter((name) => fixed[name] === undefined);
  const replaced = given.filter((name) => fixed[name] !== undefined);
  const embedded = [
    ...(used.voice.includes('espeak') ? ['voice espeak instead of edge'] : []),
    ...(used.publisher === 'folder' ? ['a folder instead of YouTube'] : []),
  ];
  return [
    ...(changed.length > 0
      ? [`settings: ${changed.map((name) => `${name} ${environment[variableOf(name)]}`).join('; ')}`]
      : []),
    ...(replaced.length > 0 ? [`not used, since this command sets its own: ${replaced.join(', ')}`] : []),
    ...(embedded.length > 0 ? [`on this machine: ${embedded.join(', ')}`] : []),
  ];
}
