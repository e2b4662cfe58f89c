import { WireError } from 'local-aws/client';
import * as z from 'zod';
import { ConfigurationError } from '../../domain/errors.ts';
import { ControlError } from '../control/control.ts';
import { Refusal } from './responses.ts';

/** Returns how an error is reported to the client; one that is not expected is also printed. */
export function reportedError(error: unknown): { status: number; message: string } {
  if (error instanceof Refusal) return error;
  if ([ControlError, WireError, ConfigurationError].some((kind) => error instanceof kind))
    return { status: 409, message: (error as Error).message };
  if (error instanceof z.ZodError) return { status: 400, message: z.prettifyError(error) };
  console.error('console:', error);
  return { status: 500, message: error instanceof Error ? error.message : String(error) };
}
