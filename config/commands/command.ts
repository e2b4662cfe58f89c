import * as z from 'zod';
import { path, yesOrNo } from '../settings/values.ts';

/** A command of `./manga`, and the make target of the same name. */
export interface Command {
  /** Its purpose, in one line. */
  about: string;
  /** By name, as settings are: `consolePort` is `--console-port`, and CONSOLE_PORT for make. */
  options?: Readonly<Record<string, z.ZodType>>;
  /** The option that can be given as a plain word: `./manga invoke check-quota`. */
  word?: string;
  /** Takes every setting as an option too. */
  settings?: boolean;
  /** A module whose function `run`, or the one named after `#`, gets the options. */
  module?: string;
  /** A program that is run with the options in its environment. */
  program?: string;
  /** The commands below it, which `WHAT` chooses for make. */
  what?: Readonly<Record<string, Command>>;
  /** Exit status when the command itself fails; 1 when it is left out. */
  failed?: number;
  /** More about its use, for the help. */
  notes?: string;
}

/** The values of the options of a command. */
export type OptionsOf<C extends { options: Readonly<Record<string, z.ZodType>> }> = {
  [Name in keyof C['options']]: z.output<C['options'][Name]>;
};

/** An option as help and completion show it. */
export interface OptionMeta {
  description?: string;
  /** Placeholder of its value; without one it is a flag. */
  value?: string;
  choices?: readonly string[];
  /** Its value is a path, or a path after `@`. */
  file?: boolean;
}

const described = <T extends z.ZodType>(schema: T, meta: OptionMeta): T => schema.meta({ ...meta });

/** On or off: `--again`, AGAIN=1. */
export const flag = (description: string) => described(yesOrNo.default(false), { description });

export const text = (value: string, description: string) =>
  described(z.string().optional(), { description, value });

export const count = (description: string) =>
  described(
    z
      .string()
      .regex(/^\d+(\.\d+)?$/, 'it must be a number')
      .optional(),
    { description, value: 'number' },
  );

export const file = (value: string, description: string) =>
  described(path.optional(), { description, value, file: true });

export const choice = <const T extends readonly [string, ...string[]]>(choices: T, description: string) =>
  described(z.enum(choices, `it must be ${oneOf(choices)}`).optional(), {
    description,
    choices,
    value: choices.join('|'),
  });

/** A port of this machine; 0 is any free one. */
export const port = (description: string) =>
  described(
    z
      .string()
      .regex(/^\d+$/, 'it must be a number below 65536')
      .transform(Number)
      .refine((number) => number < 65_536, 'it must be a number below 65536')
      .optional(),
    { description, value: 'port' },
  );

const oneOf = (choices: readonly string[]) =>
  choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;

export const stage = text('stage', 'a stage of your account; prod when it is left out');
/** For commands that work on a running local cloud as well. */
export const cloudStage = text(
  'stage',
  'a stage of your account; without it, the local cloud of make dev if one runs here, otherwise prod',
);

/** A command can't do what it was asked; its user only sees the message. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}
