import { castKey } from '../../domain/artifacts.ts';
import type { SeriesCast } from '../../domain/cast.ts';
import type { CastingPorts } from './casting.ts';

/** Keeps the cast of the series ngo-may with a test's other artifacts. */
export const castInMemory = (stored: Map<string, unknown>): Omit<CastingPorts, 'log'> => ({
  seriesOf: async () => 'ngo-may',
  findCast: async (mangaId) => stored.get(castKey(mangaId)) as SeriesCast | undefined,
  putCast: async (cast) => void stored.set(castKey(cast.manga_id), cast),
});
