import type { FunctionError } from './messages.ts';

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
