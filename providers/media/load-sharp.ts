/** Loads sharp with the first picture: its native library takes longer than the rest of a function's start. */
export const loadSharp = async () => (await import('sharp')).default;
