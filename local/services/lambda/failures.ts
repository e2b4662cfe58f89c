import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FunctionError } from './messages.ts';

/** A place in a function's stack: what is called, the module with the version of its load, line and column. */
const frame = /^\s*at (?:(.*) \()?(file:[^?)]+?)(?:\?v=\d+)?:(\d+:\d+)\)?$/;

/** A failure as the log tells it, line by line: the error, then where in the code of this project, as terminals link it. */
export function failureLines({ errorType, errorMessage, trace = [] }: FunctionError): string[] {
  const places = trace.flatMap((line) => {
    const [, called, url = '', place] = frame.exec(line) ?? [];
    const isOwn = url !== '' && !url.includes('/node_modules/') && !url.startsWith(runtime);
    return isOwn ? [`    at ${called ? `${called} ` : ''}${relative('', fileURLToPath(url))}:${place}`] : [];
  });
  return [...`${errorType}: ${errorMessage}`.split('\n'), ...places];
}

/** What calls the handlers is no place to look for their mistakes. */
const runtime = new URL('.', import.meta.url).href;

/** What Lambda says of an invocation that it ended because its time was up. */
export function timedOut(requestId: string, seconds: number, now: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `${new Date(now).toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds`,
  };
}

/** What Lambda says of a function that went over its memory. */
export function outOfMemory(): FunctionError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: 'Runtime exited with error: signal: killed (out of memory)',
  };
}

/** What Lambda says of a function whose process ended, by `process.exit` or by an error that nobody caught. */
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

/** What Lambda says of a result over the limit of a synchronous answer. */
export function responseTooLarge(limit: number): FunctionError {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${limit} bytes).`,
  };
}
