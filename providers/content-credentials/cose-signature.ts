import { constants, createPrivateKey, sign } from 'node:crypto';
import { encode } from 'cborg';
import { type SigningIdentity, signatureAlgorithms } from './signing-identity.ts';

/** Labels of COSE headers (RFC 9052, RFC 9360). */
const labels = { algorithm: 1, certificates: 33 } as const;
/** The CBOR tag of a COSE_Sign1, 18 (RFC 9052, section 2). */
const tag = Buffer.from([0xd2]);

/** Returns how many bytes to reserve for a signature: its certificates, the signature itself, and some room. */
export const reservedBytes = ({ certificates }: SigningIdentity): number =>
  certificates.reduce((sum, { length }) => sum + length, 0) + 4096;

/**
 * Signs a C2PA claim. Returns a COSE_Sign1 with a detached payload, which the header `pad` fills to the reserved size (C2PA
 * specification, section "Digital signatures").
 */
export function coseSignature(claim: Uint8Array, identity: SigningIdentity): Uint8Array {
  const { algorithm, certificates } = identity;
  const { cose } = signatureAlgorithms[algorithm];
  const protectedHeader = encode(
    new Map<number, unknown>([
      [labels.algorithm, cose],
      [labels.certificates, certificates.length === 1 ? certificates[0] : certificates],
    ]),
  );
  const signature = signBytes(encode(['Signature1', protectedHeader, new Uint8Array(), claim]), identity);
  const padded = (bytes: number) =>
    Buffer.concat([tag, encode([protectedHeader, { pad: new Uint8Array(bytes) }, null, signature])]);
  const size = reservedBytes(identity);
  const most = size - padded(0).length;
  // The length of the padding takes bytes too.
  const excess = padded(most).length - size;
  return padded(most - excess);
}

function signBytes(bytes: Uint8Array, { algorithm, privateKey }: SigningIdentity): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const { digest } = signatureAlgorithms[algorithm];
  return sign(digest, bytes, {
    key,
    dsaEncoding: 'ieee-p1363',
    ...(algorithm === 'ps256' && {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }),
  });
}
