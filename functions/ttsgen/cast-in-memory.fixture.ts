import { castKey } from '../../domain/artifacts.ts';
import type { SeriesCast } from '../../domain/cast.ts';
import type { CastingPorts } from './casting.ts';

/** Keeps the cast of a series with the other artifacts of a test. */
export const castInMemory = (stored: Map<string, unknown>): Omit<CastingPorts, 'log' | 'voices'> => ({
  chapterOf: async () => ({ manga_id: 'ngo-may', number: '1', credits: [], licence: null }),
  seriesSettings: async () => ({ cast: {} }),
  async changeCast(mangaId, change) {
    const { after, result } = change(stored.get(castKey(mangaId)) as SeriesCast | undefined);
    if (after) stored.set(castKey(mangaId), after);
    return result;
  },
});
