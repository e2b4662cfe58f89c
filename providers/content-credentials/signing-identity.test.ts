import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIdentity } from './signing-identity.ts';

const now = new Date('2027-01-01');
const pemOf = (name: string) => readFileSync(join(import.meta.dirname, 'testing', `${name}.pem`), 'utf8');
const blocksOf = (pem: string) => pem.match(/-----BEGIN[\s\S]+?-----END [A-Z ]+-----\n/g) ?? [];
const [own = '', issuer = '', root = '', key = ''] = blocksOf(pemOf('p256'));

test('reads the chain from the signer to the last certificate below the root, in any order', () => {
  const { algorithm, certificates } = readIdentity(root + key + issuer + own, now);
  expect(algorithm).toBe('es256');
  expect(certificates.map((der) => new X509Certificate(der).subject)).toEqual([
    'O=Test\nCN=Test p256',
    'O=Test\nCN=Test issuer',
  ]);
});

const foreign = blocksOf(pemOf('rsa')).at(-1) ?? '';
test.each([
  ['nothing', '', /has 0 private keys instead of one/],
  ['two keys', own + key + foreign, /has 2 private keys instead of one/],
  ['the key of another certificate', own + foreign, /has no certificate of its private key among its 1/],
  ['a key alone', key, /has no certificate of its private key among its 0/],
  ['a certificate that signed itself', pemOf('self'), /has a certificate that signed itself/],
  ['a broken key', own + key.replace(/[A-Za-z]{8}/, 'AAAAAAAA'), /private key that is encrypted or broken/],
  ['a broken certificate', own.replace(/MII[A-Za-z]{8}/, 'MIIAAAAAAAA') + key, /has a broken certificate/],
])('refuses %s, and repeats none of it', (_, pem, message) => {
  const refused = () => readIdentity(pem, now);
  expect(refused).toThrow(message);
  expect(refused).not.toThrow(/[A-Za-z0-9+/]{30}/);
});

test('refuses a certificate outside of its time', () => {
  const pem = own + issuer + key;
  expect(() => readIdentity(pem, new Date('2020-01-01'))).toThrow(/Test p256\) that is valid from /);
  expect(() => readIdentity(pem, new Date('2200-01-01'))).toThrow(/Test p256\) that was valid until /);
});
