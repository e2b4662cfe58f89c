import { Config, parseConfig } from '../config/settings.ts';

const variableOf = (setting: string) => setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/**
 * The configuration of a local run. Every setting of config/settings.ts may be given by its name in capitals, as in
 * `make dev REVIEW=manual DAILY_QUOTA=3`; `fixed` is what the command itself decides.
 */
export function localConfig(
  environment: Readonly<Record<string, string | undefined>>,
  fixed: Partial<Config> = {},
): Config {
  const given = Object.keys(Config.shape).flatMap((setting) => {
    const value = environment[variableOf(setting)];
    return value ? [[setting, value]] : [];
  });
  return parseConfig({ ...Object.fromEntries(given), ...fixed });
}
