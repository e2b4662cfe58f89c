const masked = '(sensitive)';
export const nothing = '(none)';

/** Names whose values are secrets even if the provider does not say so, and the references allowed in them. */
const secretName = /secret|token|password|passwd|credential|api_?key|private_?key/i;
const reference = /^(arn:|\/|manga-pipeline[\w-]*\/|\d*$)/;

/** Attributes that are always secrets, in case a provider does not mark them. */
const secretAttributes: Record<string, RegExp> = {
  aws_ssm_parameter: /^(value|insecure_value)$/,
  aws_secretsmanager_secret_version: /^secret_(string|binary)$/,
};

/** Returns a value as it can be shown; `sensitive` is Terraform's mark on it, true or nested like the value. */
export function shown(type: string, path: readonly string[], value: unknown, sensitive: unknown): string {
  if (value === undefined || value === null) return nothing;
  const name = path.at(-1) ?? '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isSecret = secretAttributes[type]?.test(name) || (secretName.test(name) && !reference.test(text));
  return isSecret || anyMark(sensitive) ? masked : text;
}

/** Returns whether a mark of Terraform's is set anywhere below. */
export const anyMark = (marks: unknown): boolean =>
  marks === true || (typeof marks === 'object' && marks !== null && Object.values(marks).some(anyMark));
