import { jest } from '@jest/globals';
import { ConfigurationError } from '../../domain/errors.ts';
import { reportedError } from './reported-error.ts';
import { Refusal } from './responses.ts';

test('what a person can correct is reported with its message, and not printed', () => {
  const printed = jest.spyOn(console, 'error');
  expect(reportedError(new Refusal(404, 'gone'))).toMatchObject({ status: 404, message: 'gone' });
  expect(reportedError(new ConfigurationError('the job has ended'))).toEqual({
    ...{ status: 409, message: 'the job has ended' },
  });
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});
