/**
 * What must not be read off a screen or a recording of one: task tokens, which answer for a machine, and the values of
 * secrets. They are taken out of the text of every answer, wherever they stand in it, also inside JSON inside JSON.
 */

const mask = '••••••••';

/** A value after a name that says what it is, at any depth of quoting. */
const named =
  /((?:\\*["'])?(?:task_?token|review_?token|access_?token|refresh_?token|client_?secret|authorization|api_?key|password)(?:\\*["'])?\s*[:=]\s*\\*["'])((?:[^"'\\]|\\(?!\\*["']))+)/gi;
/** Tokens of the local engine: `12.0.<32 hex digits>` in base64. */
const engineToken = /\b[A-Za-z0-9+/]{24,120}={0,2}(?![A-Za-z0-9+/=])/g;

export type Mask = (text: string) => string;

/** `secretTexts` answers what Secrets Manager holds, each a value or JSON with values. */
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

/** The secret itself and each text in it; what is short would take ordinary words out. */
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
    // A text that is no JSON is one value.
  }
  return values.filter((value) => value.length >= 6);
}
