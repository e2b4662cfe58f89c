import { machineTypes } from './machine-types.ts';

/**
 * List prices in US dollars, without free tiers. AWS's are those of us-east-1 on its price pages in January 2026; other
 * regions cost up to half more. Azure's is that of neural voices (Azure AI Speech, standard).
 */
export const prices = {
  /** An hour of a public IPv4 address. */
  addressHour: 0.005,
  /** A GB of a gp3 volume for an hour: $0.08 for a month of 730 hours. */
  diskHour: 0.08 / 730,
  /** A GB of S3 Standard for a day: $0.023 for a month. */
  storageDay: 0.023 / 30,
  /** A GB from a machine to the internet. */
  transfer: 0.09,
  /** A GB-second of Lambda on x86_64; on arm64 it costs a fifth less. */
  lambdaSecond: 0.0000166667,
  /** A request that reads an object of S3 Standard: $0.0004 for a thousand. */
  storageRead: 0.0004 / 1000,
  /** A character that Azure speaks. */
  azureCharacter: 16 / 1_000_000,
} as const;

/** GB of the volume of each worker. */
export const volumeSizes = { renderer: 64, uploader: 32 } as const;

/** Returns the price of a machine for an hour, with its volume and address; undefined for an unknown type. */
export function machineHour(type: string, worker: keyof typeof volumeSizes): number | undefined {
  const hour = machineTypes[type]?.usdPerHour;
  return hour === undefined ? undefined : hour + prices.addressHour + volumeSizes[worker] * prices.diskHour;
}
