import * as z from 'zod';
import type { SegmentDraft } from './script.ts';
import { type Character, isSameName, type Traits } from './story.ts';
import { type VoiceName, voiceNames } from './voice-settings.ts';

/** The voice of a character at one provider. */
export const PartVoice = z.object({
  /** The provider's name of the speaker: vi-VN-NamMinhNeural, vi+f3. */
  speaker: z.string().min(1).max(80),
  /** Percent faster or slower than the narrator. */
  rate: z.number().int().min(-50).max(100),
  /** Difference from the speaker's own pitch: hertz for `edge` and `azure`, steps of 99 for `espeak`. */
  pitch: z.number().int().min(-50).max(50),
  /** Styles that the speaker has; the mood chooses one. */
  styles: z.array(z.string().min(1).max(40)).max(40).optional(),
});
export type PartVoice = z.infer<typeof PartVoice>;

/** A voice that a provider offers for a character, and whom it suits. */
export interface OfferedVoice extends PartVoice {
  gender: Exclude<Traits['gender'], 'unknown'>;
  age: Exclude<Traits['age'], 'unknown'>;
}

/** Speakers and variations that a provider has for a cast. */
export interface Offer {
  /** The preferred first. Each differs from the narrator's voice and from the others so that a listener hears it. */
  voices: readonly OfferedVoice[];
  /** Returns whether a character can keep a voice of an earlier video: the provider has it, and it is not the narrator's now. */
  keeps(part: PartVoice): boolean;
  /** Returns false if the provider surely does not have a voice, also one that is not among those that it offers. */
  has(part: PartVoice): boolean;
  /** Returns whether the narrator sounds like this, in some mood. */
  isNarrators(part: PartVoice): boolean;
}

/** Number of characters of a series that keep their voices; those who have not spoken for longest lose theirs. */
const mostMembers = 200;

const Member = z.object({
  name: z.string().min(1).max(80),
  /** By provider, so that a series keeps its voices when it changes the provider and returns. */
  voices: z.partialRecord(z.enum(voiceNames), PartVoice),
  /** The latest choice of a voice. Absent in casts made before the field existed. */
  chosen: z
    .object({
      job_id: z.string().min(1),
      /** The speaker before, and why they are replaced: the provider has them no longer, or somebody whom they talk with has the voice. */
      instead_of: z.string().min(1).max(80).optional(),
      why: z.enum(['gone', 'alike']).optional(),
    })
    .optional(),
});
type Member = z.infer<typeof Member>;

/** The voices of a series' characters, those who spoke last at the end. */
export const SeriesCast = z.object({
  manga_id: z.string().min(1),
  members: z.array(Member).max(mostMembers),
});
export type SeriesCast = z.infer<typeof SeriesCast>;

/** A character who speaks in a script, with what the story says of them. */
export interface Speaker extends Traits {
  name: string;
}

/**
 * Gives each sentence of a character the character's name in the story, and lists who speaks. A speaker that the story does not
 * know keeps the name, and nothing is known of them.
 */
export function attributed<S extends SegmentDraft>(
  segments: readonly S[],
  characters: readonly Character[],
): { segments: S[]; speakers: Speaker[] } {
  const speakers = new Map<string, Speaker>();
  const speakerNamed = (name: string): Speaker => {
    const known = characters.find((one) => isSameName(one.name, name) || isSameName(one.original, name));
    if (known) return { name: known.name, gender: known.gender, age: known.age, manner: known.manner };
    const earlier = [...speakers.values()].find((one) => isSameName(one.name, name));
    return earlier ?? { name, gender: 'unknown', age: 'unknown', manner: 'unknown' };
  };
  const named = segments.map((segment) => {
    if (!segment.speaker) return segment;
    const speaker = speakerNamed(segment.speaker);
    speakers.set(speaker.name, speaker);
    return { ...segment, speaker: speaker.name };
  });
  return { segments: named, speakers: [...speakers.values()] };
}

/** Sentences this far apart belong to one conversation. */
const conversation = 4;

/** Returns who talks with whom: speakers whose sentences are close to each other. */
function partnersOf(lines: readonly (string | undefined)[]): Map<string, Set<string>> {
  const partners = new Map<string, Set<string>>();
  for (const [index, name] of lines.entries()) {
    if (!name) continue;
    const near = lines.slice(Math.max(0, index - conversation), index + conversation + 1);
    const others = partners.get(name) ?? new Set();
    for (const other of near) if (other && other !== name) others.add(other);
    partners.set(name, others);
  }
  return partners;
}

/** Costs of a choice, each larger than all that can follow it: a conversation that sounds like one person, then sex, age, reuse. */
const cost = { conversation: 1_000_000, gender: 10_000, age: 1_000, taken: 10 };

/** One speaker at pitches that are at most this far apart sounds like one person: hertz, and espeak's steps. */
const samePitch = 12;

/** Returns whether two voices sound like one person. */
export const isSameVoice = (
  one: Pick<PartVoice, 'speaker' | 'pitch'> | undefined,
  other: Pick<PartVoice, 'speaker' | 'pitch'>,
): boolean => one?.speaker === other.speaker && Math.abs(one.pitch - other.pitch) <= samePitch;

/** Change of the pace by a character's manner, in percent. */
const paces: Record<Traits['manner'], number> = { lively: 8, gentle: -4, gruff: -6, calm: 0, unknown: 0 };

export interface Casting {
  job_id: string;
  provider: VoiceName;
  offer: Pick<Offer, 'voices' | 'keeps'>;
  speakers: readonly Speaker[];
  /** The character who speaks each segment of the script; undefined for the narrator. */
  lines: readonly (string | undefined)[];
  /** Voices that an operator chose, by character: nothing changes them. */
  chosen: ReadonlyMap<string, PartVoice>;
}

/**
 * Gives every speaker a voice, which the series keeps. Two who talk with each other get different voices while there are some; one of
 * them changes the voice for that. `alike` names those who sound like somebody they talk with, `lost` those whose earlier voice can't be
 * kept. A member whose name a speaker has in other letter case is that speaker. The same input gives the same cast.
 */
export function withCast(
  { manga_id, members: stored }: SeriesCast,
  { job_id, provider, offer, speakers, lines, chosen }: Casting,
): { cast: SeriesCast; parts: ReadonlyMap<string, PartVoice>; alike: string[]; lost: string[] } {
  const members = inSpellingOf(speakers, stored);
  const partners = partnersOf(lines);
  const choices = new Map<string, Member['chosen']>();
  const parts = new Map<string, PartVoice>();
  const lost: string[] = [];
  const voices = new Map(members.map((member) => [member.name, member.voices[provider]]));
  const [known, met] = [
    members.flatMap(({ name }) => speakers.filter((speaker) => speaker.name === name)),
    speakers.filter(({ name }) => !voices.has(name)),
  ];
  const inOrder = [...known, ...met];
  for (const [name, part] of chosen) {
    if (speakers.some((speaker) => speaker.name === name)) parts.set(name, part);
    voices.set(name, part);
  }
  for (const speaker of inOrder) {
    const { name } = speaker;
    if (chosen.has(name)) continue;
    const heard = [...(partners.get(name) ?? [])].map((partner) => parts.get(partner));
    const isHeard = (voice: PartVoice) => heard.some((other) => isSameVoice(other, voice));
    const earlier = voices.get(name);
    const before = earlier && offer.keeps(earlier) ? earlier : undefined;
    if (earlier && !before) lost.push(name);
    voices.delete(name);
    const costOf = (voice: OfferedVoice) =>
      (isHeard(voice) ? cost.conversation : 0) +
      (speaker.gender !== 'unknown' && speaker.gender !== voice.gender ? cost.gender : 0) +
      (voice.age !== (speaker.age === 'unknown' ? 'adult' : speaker.age) ? cost.age : 0) +
      cost.taken * [...voices.values()].filter((other) => isSameVoice(other, voice)).length;
    const fitting = best(offer.voices, costOf);
    const isBetter = fitting && (!before || (isHeard(before) && !isHeard(fitting)));
    const part = isBetter ? partOf(fitting, speaker) : before;
    if (!part) continue;
    if (isBetter)
      choices.set(name, {
        job_id,
        ...(earlier && { instead_of: earlier.speaker, why: before ? 'alike' : 'gone' }),
      });
    parts.set(name, part);
    voices.set(name, part);
  }
  const alike = inOrder.flatMap(({ name }, index) => {
    const part = parts.get(name);
    const before = inOrder.slice(0, index).filter((other) => partners.get(name)?.has(other.name));
    return part && before.some((other) => isSameVoice(parts.get(other.name), part)) ? [name] : [];
  });
  const present = inOrder.map(({ name }): Member => {
    const member = members.find((one) => one.name === name);
    const latest = choices.get(name) ?? member?.chosen;
    return {
      name,
      voices: { ...member?.voices, ...(parts.has(name) && { [provider]: parts.get(name) }) },
      ...(latest && { chosen: latest }),
    };
  });
  const absent = members.filter(({ name }) => !speakers.some((speaker) => speaker.name === name));
  return { cast: { manga_id, members: [...absent, ...present].slice(-mostMembers) }, parts, alike, lost };
}

/** Returns the members, each once, in the spelling of a speaker who has the same name. */
function inSpellingOf(speakers: readonly Speaker[], members: readonly Member[]): Member[] {
  const spelt = members.map((member) => ({
    ...member,
    name: speakers.find(({ name }) => isSameName(name, member.name))?.name ?? member.name,
  }));
  return spelt.filter(({ name }, index) => !spelt.slice(index + 1).some((later) => later.name === name));
}

const partOf = ({ speaker, rate, pitch, styles }: PartVoice, { manner }: Traits): PartVoice => ({
  speaker,
  rate: rate + paces[manner],
  pitch,
  ...(styles && styles.length > 0 && { styles }),
});

/** Returns the first element with the lowest cost. */
function best<T>(elements: readonly T[], costOf: (element: T) => number): T | undefined {
  const costs = elements.map(costOf);
  return elements[costs.indexOf(Math.min(...costs))];
}
