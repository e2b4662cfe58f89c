import * as z from 'zod';

const Bom = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({}),
  components: z.array(z.looseObject({ name: z.string() })).min(1),
});

/** Removes the time of writing, so that the same packages give the same bytes on any day. */
export function withoutMoment(text: string): string {
  const { serialNumber: _, metadata, ...rest } = Bom.parse(JSON.parse(text));
  const { timestamp: __, ...stable } = metadata;
  return `${JSON.stringify({ ...rest, metadata: stable }, null, 2)}\n`;
}
