/** An error of an AWS service: a code, which the SDKs use as the error's name, and an HTTP status. */
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

/** Returns the error of an unsupported call. Its status is 501, because the SDKs retry most other 5xx. */
export function notInTheLocalCloud(what: string): AwsError {
  return new AwsError('NotImplemented', `${what} is not supported by the local cloud`, 501);
}

/** Converts a thrown value to an error for the client. */
export function asAwsError(thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AwsError('InternalFailure', message, 500);
}
