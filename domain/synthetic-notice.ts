import * as z from 'zod';

/** Notice for viewers about the parts of a video that a machine made, and whether a card shows or the welcome says it. */
export const SyntheticNotice = z.object({ form: z.enum(['shown', 'spoken']), text: z.string().min(1) });
export type SyntheticNotice = z.infer<typeof SyntheticNotice>;

/**
 * Returns which parts a machine made, for viewers: the voice, and the words if a model told the story. Article 50 of the EU's AI Act and
 * YouTube's rules on synthetic content ask for it.
 */
export const syntheticNotice = (narrator: string | undefined): string =>
  narrator === undefined || narrator === 'ocr'
    ? 'Giọng đọc được tạo bằng máy.'
    : 'Lời kể và giọng đọc do máy tạo.';
