import sharp from 'sharp';
import * as z from 'zod';

const TextPart = z.strictObject({ type: z.literal('text'), text: z.string().min(1) });
const ImagePart = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: z.string().regex(/^data:image\/jpeg;base64,[A-Za-z0-9+/]+=*$/) }),
});

/** The part of OpenAI's chat completions request that this project sends; anything else is rejected. */
export const ChatRequest = z.strictObject({
  model: z.string(),
  max_tokens: z.number().int().positive(),
  temperature: z.number().min(0).max(2).optional(),
  response_format: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('json_schema'),
      json_schema: z.strictObject({
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
        description: z.string().optional(),
        strict: z.literal(true),
        schema: z.record(z.string(), z.unknown()),
      }),
    }),
    z.strictObject({ type: z.literal('json_object') }),
  ]),
  messages: z.tuple(
    [
      z.strictObject({ role: z.literal('system'), content: z.string().min(1) }),
      z.strictObject({ role: z.literal('user'), content: z.array(z.union([TextPart, ImagePart])).min(2) }),
    ],
    z.union([
      z.strictObject({ role: z.literal('assistant'), content: z.string().min(1) }),
      z.strictObject({ role: z.literal('user'), content: z.string().min(1) }),
    ]),
  ),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** Returns a problem of a schema for strict structured output: every object must be closed, every property required. */
export function schemaProblem(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const { type, properties, required, additionalProperties } = schema as Record<string, unknown>;
  if (type === 'object') {
    const names = Object.keys((properties ?? {}) as object).sort();
    if (additionalProperties !== false)
      return "'additionalProperties' is required to be supplied and to be false";
    if (JSON.stringify([...((required ?? []) as string[])].sort()) !== JSON.stringify(names))
      return "'required' is required to be supplied and to be an array including every key in properties";
  }
  return Object.values(schema).map(schemaProblem).find(Boolean);
}

/** Estimates tokens like a vision model: 4 characters of text, or 750 pixels of a picture. */
export async function tokensOf({
  messages,
}: ChatRequest): Promise<{ tokens: number; images: number; problem?: string }> {
  let tokens = 0;
  let images = 0;
  for (const { content } of messages) {
    for (const part of typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content) {
      if (part.type === 'text') {
        tokens += Math.ceil(part.text.length / 4);
        continue;
      }
      images += 1;
      const bytes = Buffer.from(part.image_url.url.split(',')[1] ?? '', 'base64');
      const { width, height, format } = await sharp(bytes).metadata();
      if (format !== 'jpeg') return { tokens, images, problem: 'an image does not match its media type' };
      if (bytes.byteLength > 400_000 || Math.max(width, height) > 800)
        return { tokens, images, problem: 'an image is too large' };
      tokens += Math.ceil((width * height) / 750);
    }
  }
  return { tokens, images };
}
