/** Returns the number that a person gave in a variable of the environment, or a default. */
export function givenNumber(name: string, otherwise: number): number {
  const given = process.env[name];
  if (!given) return otherwise;
  if (!/^\d+(\.\d+)?$/.test(given))
    throw new Error(`${name} is ${given}; it is a number, as in ${name}=${otherwise}`);
  return Number(given);
}
