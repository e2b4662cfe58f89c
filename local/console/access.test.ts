import { createGuard, tokenHeader } from './access.ts';

const guard = createGuard('the-token', 8084);
const access = (headers: Record<string, string>) =>
  guard.accessOf({ headers: { host: '127.0.0.1:8084', ...headers } });
const cookie = guard.cookie.split(';')[0] ?? '';

test('a request without a key gets the page but no data', () => {
  expect(access({})).toBe('page');
});

test('the cookie allows reading, the token allows acting', () => {
  expect(access({ cookie })).toBe('read');
  expect(access({ cookie: `other=1; ${cookie}` })).toBe('read');
  expect(access({ [tokenHeader]: 'the-token' })).toBe('act');
  expect(access({ [tokenHeader]: 'another' })).toBe('page');
  expect(access({ authorization: 'Bearer the-token' })).toBe('act');
  expect(access({ authorization: 'Bearer another' })).toBe('page');
  expect(access({ cookie: `${cookie}x` })).toBe('page');
});

test('the cookie does not reveal the token', () => {
  expect(guard.cookie).not.toContain('the-token');
  expect(access({ [tokenHeader]: cookie.split('=')[1] ?? '' })).toBe('page');
});

test('refuses a page that reaches this machine under another host name', () => {
  for (const host of ['evil.example:8084', '127.0.0.1:9999', '127.0.0.1', 'localhost.evil.example:8084'])
    expect(access({ host, [tokenHeader]: 'the-token' })).toBe('refused');
  expect(access({ host: 'localhost:8084', cookie })).toBe('read');
});

test('refuses a page of another origin, whatever it sends', () => {
  const carried = { cookie, [tokenHeader]: 'the-token' };
  expect(access({ ...carried, origin: 'http://127.0.0.1:3000' })).toBe('refused');
  expect(access({ ...carried, origin: 'null' })).toBe('refused');
  expect(access({ ...carried, 'sec-fetch-site': 'same-site' })).toBe('refused');
  expect(access({ ...carried, 'sec-fetch-site': 'cross-site' })).toBe('refused');
  expect(access({ ...carried, origin: 'http://127.0.0.1:8084', 'sec-fetch-site': 'same-origin' })).toBe(
    'act',
  );
});
