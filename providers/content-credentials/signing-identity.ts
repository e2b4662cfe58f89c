import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { ConfigurationError } from '../../domain/errors.ts';

/** A private key, and its certificates from the signer's to the last one below the root. */
export interface SigningIdentity {
  /** The C2PA name of the signature's algorithm. */
  algorithm: keyof typeof signatureAlgorithms;
  /** PKCS #8 in DER. */
  privateKey: Uint8Array;
  /** X.509 in DER. */
  certificates: Uint8Array[];
}

/** The algorithms that C2PA allows, with their numbers in COSE (RFC 9053, RFC 8230) and their hash functions. */
export const signatureAlgorithms = {
  es256: { cose: -7, digest: 'sha256' },
  es384: { cose: -35, digest: 'sha384' },
  es512: { cose: -36, digest: 'sha512' },
  ps256: { cose: -37, digest: 'sha256' },
  ed25519: { cose: -8, digest: null },
} as const;

const curves: Readonly<Record<string, SigningIdentity['algorithm']>> = {
  prime256v1: 'es256',
  secp384r1: 'es384',
  secp521r1: 'es512',
};

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[A-Za-z0-9+/=\s]+?-----END \1-----/g;

/**
 * Reads certificates and their private key from PEM, in any order. A root certificate is left out, since C2PA wants the ones below it
 * only. Throws ConfigurationError, without any part of the key, naming what is missing or does not fit.
 */
export function readIdentity(pem: string, now: Date): SigningIdentity {
  const blocks = [...pem.matchAll(pemBlock)].map(([block, label = '']) => ({ block, label }));
  const keys = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  const [key, ...others] = keys.map(({ block }) => readKey(block));
  if (!key || others.length > 0) throw wrong(`has ${keys.length} private keys instead of one`);
  const given = blocks
    .filter(({ label }) => label === 'CERTIFICATE')
    .map(({ block }) => readCertificate(block));
  const own = given.find((one) => one.checkPrivateKey(key));
  if (!own) throw wrong(`has no certificate of its private key among its ${given.length}`);
  if (isRoot(own))
    throw wrong(
      'has a certificate that signed itself, which C2PA does not accept: sign it with a root of yours',
    );
  const chain = chainFrom(own, given);
  for (const one of chain) mustBeValid(one, now);
  return {
    algorithm: algorithmOf(key),
    privateKey: key.export({ type: 'pkcs8', format: 'der' }),
    certificates: chain.map(({ raw }) => raw),
  };
}

const wrong = (problem: string) => new ConfigurationError(`The PEM of the secret signing ${problem}`);

function readKey(block: string): KeyObject {
  try {
    return createPrivateKey(block);
  } catch {
    // OpenSSL's message is not meant for a person.
    throw wrong('has a private key that is encrypted or broken; it must have no passphrase');
  }
}

function readCertificate(block: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch {
    throw wrong('has a broken certificate');
  }
}

/** `checkIssued` is false for a certificate that may not sign others. */
const isRoot = (one: X509Certificate) => one.issuer === one.subject;

function chainFrom(own: X509Certificate, given: readonly X509Certificate[]): X509Certificate[] {
  const chain = [own];
  for (let last: X509Certificate | undefined = own; last; ) {
    const below: X509Certificate = last;
    last = given.find((one) => below.checkIssued(one) && !isRoot(one) && !chain.includes(one));
    if (last) chain.push(last);
  }
  return chain;
}

function mustBeValid(one: X509Certificate, now: Date): void {
  const name = one.subject.replaceAll('\n', ', ');
  if (now < one.validFromDate)
    throw wrong(`has a certificate (${name}) that is valid from ${one.validFrom} on`);
  if (now > one.validToDate) throw wrong(`has a certificate (${name}) that was valid until ${one.validTo}`);
}

function algorithmOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject) {
  if (type === 'ed25519') return 'ed25519';
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return 'ps256';
  const named = curves[details?.namedCurve ?? ''];
  if (type === 'ec' && named) return named;
  throw wrong(
    'has a private key that C2PA does not accept; it can be EC (P-256, P-384, P-521), RSA of 2,048 bits or more, or Ed25519',
  );
}
