import { homedir } from 'node:os';

/** Returns a path that a person typed with its leading `~` expanded, which zsh and fish pass on in `CHAPTER=~/a.cbz`. */
export const givenPath = (path: string): string => path.replace(/^~(?=\/|$)/, homedir());
