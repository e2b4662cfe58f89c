/** An error as an AWS service answers it: a code that the SDKs take as the error's name, and an HTTP status. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

/** What answers a call that this cloud does not play. 501, because the SDKs repeat most other 5xx. */
export function notInTheLocalCloud(what: string): AwsError {
  return new AwsError('NotImplemented', `${what} is not supported by the local cloud`, 501);
}

/** Anything thrown, as an error that a client can be told. */
export function asAwsError(thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AwsError('InternalFailure', message, 500);
}
