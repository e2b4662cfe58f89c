import type { z } from 'zod';

interface About<Input extends z.ZodObject> {
  /** What the tool does, for the assistant. */
  about: string;
  input: Input;
  /** `adds` changes nothing that exists; `changes` can stop, replace or decide something. */
  effect: 'reads' | 'adds' | 'changes';
}

/** Adds a tool to a server. */
export type Offer = <Input extends z.ZodObject>(
  name: string,
  about: About<Input>,
  run: (given: z.infer<Input>) => unknown,
) => void;
