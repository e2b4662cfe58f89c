import { topLevelDomains } from './vocabulary.ts';

const domains = Object.keys(topLevelDomains).join('|');
const path = String.raw`[^\s"”»)\]<>{}|\u0060\\]`;

/** A regular expression's source for an address of the web or of a person, without groups. */
export const addressOf = [
  String.raw`https?:\/\/[\p{L}\p{N}]${path}*`,
  String.raw`[\p{L}\p{N}][\p{L}\p{N}._%+-]*@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`,
  String.raw`(?<![\p{L}\p{N}.@])(?:[a-z0-9-]+\.)+(?:${domains})(?:\/${path}*)?(?![\p{L}\p{N}])`,
].join('|');

const address = new RegExp(addressOf, 'u');

/** Returns whether a text has an address of the web or of a person, in small letters or capitals. */
export const hasAddress = (text: string): boolean => address.test(text.normalize('NFC').toLowerCase());
