/** The latest messages to SNS topics, stored over restarts because nothing else keeps them. */

import type { PublishedMessage } from 'local-aws';
import { storedJson } from 'local-aws/state';
import * as z from 'zod';

const Message = z.object({
  id: z.number(),
  time: z.number(),
  topicArn: z.string(),
  subject: z.string(),
  text: z.string(),
});
export type ShownMessage = z.infer<typeof Message>;

const kept = 200;

export function keepMessages(file: string) {
  const stored = storedJson(file, z.array(Message), []);
  let messages = stored.read();
  return {
    add(message: PublishedMessage): void {
      const id = (messages[0]?.id ?? 0) + 1;
      messages = [{ id, time: Date.now(), ...message }, ...messages].slice(0, kept);
      stored.write(messages);
    },
    /** Newest first. */
    list: () => messages,
  };
}
