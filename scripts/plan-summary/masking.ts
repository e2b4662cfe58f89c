const masked = '(sensitive)';
export const nothing = '(none)';

/** Names whose values are secrets even where the provider does not say so, and what such a name may still refer to. */
const secretName = /secret|token|password|passwd|credential|api_?key|private_?key/i;
const reference = /^(arn:|\/|manga-pipeline[\w-]*\/|\d*$)/;

/** Attributes that are secrets by what they are, should a provider forget to say so. */
const secretAttributes: Record<string, RegExp> = {
  aws_ssm_parameter: /^(value|insecure_value)$/,
  aws_secretsmanager_secret_version: /^secret_(string|binary)$/,
};

/** A value as it may be shown; `sensitive` is Terraform's mark on it, true or nested like the value. */
export function shown(type: string, path: readonly string[], value: unknown, sensitive: unknown): string {
  if (value === undefined || value === null) return nothing;
  const name = path.at(-1) ?? '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isSecret = secretAttributes[type]?.test(name) || (secretName.test(name) && !reference.test(text));
  return isSecret || anyMark(sensitive) ? masked : text;
}

/** Whether a mark of Terraform's is set anywhere below. */
export const anyMark = (marks: unknown): boolean =>
  marks === true || (typeof marks === 'object' && marks !== null && Object.values(marks).some(anyMark));
