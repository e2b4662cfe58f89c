import { z } from 'zod';
import { parseSeriesSettings, type SeriesSettings } from '../config/settings/series.ts';
import { seriesSettingsKey } from '../domain/artifacts.ts';
import type { artifactStore } from './artifact-store.ts';

/** Returns what the operator set for a series in the bucket. Throws ConfigurationError with the field that can't be used. */
export async function seriesSettings(
  { findJson }: Pick<ReturnType<typeof artifactStore>, 'findJson'>,
  mangaId: string,
): Promise<SeriesSettings> {
  const key = seriesSettingsKey(mangaId);
  return parseSeriesSettings(await findJson(key, z.unknown()), key);
}
