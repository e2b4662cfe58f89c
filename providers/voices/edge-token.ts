import { createHash } from 'node:crypto';

/** Client identity of Edge's read-aloud, the same as in msedge-tts 2.0.7 (MIT). */
export const edgeClient = {
  endpoint: 'wss://speech.platform.bing.com/consumer/speech/synthesize/readaloud/edge/v1',
  trustedToken: '6A5AA1D4EAFF4E9FB37E23D68491D6F4',
  version: '1-143.0.3650.96',
  origin: 'chrome-extension://jdiccldimpdaibmpdkjnbmckianbfold',
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0',
} as const;

/** Seconds from 1601, where Windows time starts, to 1970. */
const windowsEpoch = 11_644_473_600;
const windowSeconds = 300;

/**
 * Returns the `Sec-MS-GEC` of a time (ms since 1970): SHA-256, upper-case hex, of the 100 ns ticks at the start of its five
 * minutes and the client's token.
 */
export function securityToken(now: number): string {
  const seconds = Math.floor(now / 1000) + windowsEpoch;
  const ticks = BigInt(seconds - (seconds % windowSeconds)) * 10_000_000n;
  return createHash('sha256').update(`${ticks}${edgeClient.trustedToken}`).digest('hex').toUpperCase();
}
