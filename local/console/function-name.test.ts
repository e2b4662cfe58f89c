import { functionNameIn } from './function-name.ts';

test.each([
  'cleanup',
  'cleanup:live',
  'arn:aws:lambda:us-east-1:123456789012:function:cleanup',
  'arn:aws:lambda:us-east-1:123456789012:function:cleanup:live',
])('%s names cleanup', (given) => {
  expect(functionNameIn(given)).toBe('cleanup');
});
