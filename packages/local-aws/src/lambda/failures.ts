import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FunctionError } from './messages.ts';

/** A stack frame: the callee, the module with the version of its load, line and column. */
const frame = /^\s*at (?:(.*) \()?(file:[^?)]+?)(?:\?v=\d+)?:(\d+:\d+)\)?$/;

/**
 * Returns the log lines of a failure: the error, then its places in this project's code in a form that terminals link.
 */
export function failureLines({ errorType, errorMessage, trace = [] }: FunctionError): string[] {
  const places = trace.flatMap((line) => {
    const [, called, url = '', place] = frame.exec(line) ?? [];
    const isOwn = url !== '' && !url.includes('/node_modules/') && !url.startsWith(runtime);
    return isOwn ? [`    at ${called ? `${called} ` : ''}${relative('', fileURLToPath(url))}:${place}`] : [];
  });
  return [...`${errorType}: ${errorMessage}`.split('\n'), ...places];
}

/** The runtime's own frames are left out. */
const runtime = new URL('.', import.meta.url).href;

/** Returns Lambda's error for an invocation that ran out of time. */
export function timedOut(requestId: string, seconds: number, now: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `${new Date(now).toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds`,
  };
}

/** Returns Lambda's error for a function that ran out of memory. */
export function outOfMemory(): FunctionError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: 'Runtime exited with error: signal: killed (out of memory)',
  };
}

/** Returns Lambda's error for a function whose process ended, by `process.exit` or by an uncaught error. */
export function exitError(reason: Error | number): FunctionError {
  if (typeof reason !== 'number')
    return {
      errorType: reason.name,
      errorMessage: reason.message,
      trace: (reason.stack ?? '').split('\n').map((line) => line.trim()),
    };
  return {
    errorType: 'Runtime.ExitError',
    errorMessage:
      reason === 0
        ? 'Runtime exited without providing a reason'
        : `Runtime exited with error: exit status ${reason}`,
  };
}

/** Returns Lambda's error for a result over the limit of a synchronous response. */
export function responseTooLarge(limit: number): FunctionError {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${limit} bytes).`,
  };
}
