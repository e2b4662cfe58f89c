import type * as z from 'zod';

/** Adds a tool to a server. `about` says what it does, for the assistant. */
type Add = <Input extends z.ZodObject>(
  name: string,
  about: string,
  input: Input,
  run: (given: z.infer<Input>) => unknown,
) => void;

/** `adds` changes nothing that exists; `changes` can stop, replace or decide something. */
export type Offer = Readonly<Record<'reads' | 'adds' | 'changes', Add>>;
