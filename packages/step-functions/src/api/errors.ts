/** Errors of the API, under AWS's names. */

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export function validationError(message: string): ApiError {
  return new ApiError('ValidationException', message);
}

export function unsupportedType(): ApiError {
  return new ApiError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
}

/** The status is the one of AWS's model. */
export function quotaExceeded(message: string): ApiError {
  return new ApiError('ServiceQuotaExceededException', message, 402);
}
