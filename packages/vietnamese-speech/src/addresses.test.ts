import { hasAddress } from './addresses.ts';

test.each(['Đọc tại NETTRUYEN.COM', 'www.maytrang.vn/truyen', 'lan@maytrang.vn', 'http://localhost'])(
  '%s has an address',
  (text) => expect(hasAddress(text)).toBe(true),
);

test.each(['Xong.Mẹ về rồi', 'Tập 2.5', 'v.v.', 'Đi thôi...Còn ai nữa?'])('%s has none', (text) =>
  expect(hasAddress(text)).toBe(false),
);
