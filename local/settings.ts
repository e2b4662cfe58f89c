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
