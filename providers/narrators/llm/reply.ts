import * as z from 'zod';
import { Mood } from '../../../domain/script.ts';
import { Traits } from '../../../domain/story.ts';

const replyWith = <T extends z.ZodRawShape>(traits: T) =>
  z.object({
    segments: z.array(
      z.object({
        text: z.string().describe('Lời kể tiếng Việt, như được đọc lên'),
        panels: z.array(z.string()).describe('Mã của các khung tranh mà lời kể nói về'),
        speaker: z
          .string()
          .nullable()
          .describe('Tên nhân vật nói đúng những lời này; null khi là người dẫn chuyện'),
        mood: Mood,
        kind: z.enum(['speech', 'description']),
      }),
    ),
    facts: z.object({
      characters: z.array(
        z.object({
          name: z.string().describe('Tên dùng trong lời kể'),
          original: z.string().describe('Tên như trong trang; rỗng nếu giống'),
          address: z.string().describe('Cách xưng hô'),
          about: z.string(),
          ...traits,
        }),
      ),
      places: z.array(z.object({ name: z.string(), about: z.string() })),
      events: z.array(z.string()).describe('Những gì đã xảy ra trong trang này'),
    }),
  });

/**
 * Reply that a model is asked for. Every field is required and nothing is bounded here: strict JSON schemas support neither
 * optional fields nor, at some endpoints, limits. The checks bound the reply.
 */
export const PageReply = replyWith(Traits.shape);

/** Accepts a reply without traits, or with others: a page is not told again for them. */
const ReceivedReply = replyWith({
  gender: Traits.shape.gender.catch('unknown'),
  age: Traits.shape.age.catch('unknown'),
  manner: Traits.shape.manner.catch('unknown'),
});
export type PageReply = z.infer<typeof PageReply>;

/** Parses the reply in a model's text; undefined if it is invalid. */
export function parseReply(text: string): PageReply | undefined {
  return ReceivedReply.safeParse(parseJson(text)).data;
}

/** Characters of the longest reply that is read. A page's has a few thousand, and each is checked, which takes 30 µs. */
const longestReply = 200_000;

/**
 * Parses the JSON in a model's text; undefined without one, and if it is too long. Prose and code fences around one object are allowed.
 */
export function parseJson(text: string): unknown {
  if (text.length > longestReply) return undefined;
  return json(text) ?? json(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
