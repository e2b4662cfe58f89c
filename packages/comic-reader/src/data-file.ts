/** Returns a file or folder of this package's data; a bundle has the same folder beside its code. */
export const dataFile = (name: string): URL => new URL(`./data/${name}`, import.meta.url);
