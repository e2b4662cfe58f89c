/**
 * Masks everything that must not be visible on a screen or a recording: task tokens, which allow anyone to complete a
 * task, and the values of secrets. They are removed from the text of every response, also inside JSON within JSON.
 */

const mask = '••••••••';

/** A value after a field name that marks a token, at any depth of quoting. */
const named =
  /((?:\\*["'])?(?:task_?token|review_?token|access_?token|refresh_?token|client_?secret|authorization|api_?key|password)(?:\\*["'])?\s*[:=]\s*\\*["'])((?:[^"'\\]|\\(?!\\*["']))+)/gi;
/** Tokens of the local engine: `12.0.<32 hex digits>` in base64. */
const engineToken = /\b[A-Za-z0-9+/]{24,120}={0,2}(?![A-Za-z0-9+/=])/g;

export type Mask = (text: string) => string;

/** Returns a function that masks text. `secretTexts` returns the stored secrets, each a value or JSON with values. */
export function createMask(secretTexts: () => readonly string[]): Mask {
  return (text) => {
    let masked = text.replace(named, (_all, name: string) => `${name}${mask}`);
    masked = masked.replace(engineToken, (candidate) => (isEngineToken(candidate) ? mask : candidate));
    for (const secret of secretTexts().flatMap(valuesIn))
      for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1)]))
        masked = masked.replaceAll(form, mask);
    return masked;
  };
}

function isEngineToken(candidate: string): boolean {
  return /^\d{1,15}\.\d{1,15}\.[0-9a-f]{32}$/.test(Buffer.from(candidate, 'base64').toString('latin1'));
}

/** Returns the secret and each text in it. Short texts are skipped, since masking them would remove ordinary words. */
function valuesIn(secret: string): string[] {
  const values = [secret];
  try {
    const collect = (value: unknown): void => {
      if (typeof value === 'string') values.push(value);
      else if (typeof value === 'object' && value !== null)
        for (const one of Object.values(value)) collect(one);
    };
    collect(JSON.parse(secret));
  } catch {
    // Text that is not JSON is one value.
  }
  return values.filter((value) => value.length >= 6);
}
