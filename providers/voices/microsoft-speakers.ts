import * as z from 'zod';
import { isSameVoice, type Offer, type OfferedVoice, type PartVoice } from '../../domain/cast.ts';
import type { Log } from '../../domain/log.ts';
import { type MannerSettings, mannersOfNarrator } from './manners.ts';
import type { OfferOptions } from './voice.ts';

/** A speaker of Microsoft's neural speech who can speak Vietnamese. */
export const MicrosoftSpeaker = z.object({
  name: z.string().regex(/^[A-Za-z0-9-]{5,60}$/),
  gender: z.enum(['female', 'male']),
  styles: z.array(z.string()).max(40),
});
export type MicrosoftSpeaker = z.infer<typeof MicrosoftSpeaker>;

/** A service's list, as it is cached. */
export const SpeakerList = z.object({ listed_at: z.number(), speakers: z.array(MicrosoftSpeaker) });
export type SpeakerList = z.infer<typeof SpeakerList>;

/** The two that are Vietnamese; they need no list. */
const vietnamese: readonly MicrosoftSpeaker[] = [
  { name: 'vi-VN-HoaiMyNeural', gender: 'female', styles: [] },
  { name: 'vi-VN-NamMinhNeural', gender: 'male', styles: [] },
];

/** An element of the services' list: Azure names further languages and styles, Edge has neither. */
const Listed = z.object({
  ShortName: MicrosoftSpeaker.shape.name,
  Gender: z.enum(['Female', 'Male']),
  Locale: z.string(),
  SecondaryLocaleList: z.array(z.string()).optional(),
  StyleList: z.array(z.string().min(1).max(40)).max(40).optional(),
});

/** A multilingual speaker takes the language from the text. Where the service lists the languages, Vietnamese has to be one. */
const speaksVietnamese = ({ ShortName, Locale, SecondaryLocaleList }: z.infer<typeof Listed>) =>
  Locale === 'vi-VN' ||
  (SecondaryLocaleList ? SecondaryLocaleList.includes('vi-VN') : /Multilingual/.test(ShortName));

/** Parses a service's list, and keeps those who speak Vietnamese. Throws if it is not a list; strange elements are left out. */
export function parseSpeakers(list: unknown): MicrosoftSpeaker[] {
  return z
    .array(z.unknown())
    .parse(list)
    .flatMap((element) => Listed.safeParse(element).data ?? [])
    .filter(speaksVietnamese)
    .map(({ ShortName, Gender, StyleList = [] }) => ({
      name: ShortName,
      gender: Gender === 'Female' ? ('female' as const) : ('male' as const),
      styles: StyleList,
    }));
}

/** Whom a cast can have, and where the service's list is cached. */
export interface CastSettings {
  allowed: readonly string[];
  find(): Promise<SpeakerList | undefined>;
  put(list: SpeakerList): Promise<void>;
  log: Log;
}

/** Time for which a list is used, in ms. */
const listedFor = 7 * 24 * 3600 * 1000;

/** Speakers of a cast. */
export interface AllowedSpeakers {
  speakers: MicrosoftSpeaker[];
  /** Allowed ones that could not be looked up: a character who has one keeps it. */
  unknown: string[];
  /** All who speak Vietnamese by the latest list, also those who are not allowed; undefined without a list. */
  listed: string[] | undefined;
}

/**
 * Returns the allowed speakers that the service has. The service is asked at once if it has refused a speaker. Otherwise it is asked once
 * a week, and only if speakers other than the two Vietnamese ones are allowed or chosen, since it accepts Vietnamese text for a speaker
 * who can't speak it. Allowed speakers that it lacks, or that can't be looked up, are logged and left out.
 */
export async function allowedSpeakers(
  { allowed, find, put, log }: CastSettings,
  list: () => Promise<MicrosoftSpeaker[]>,
  { isRefused = false, chosen = [] }: OfferOptions = {},
): Promise<AllowedSpeakers> {
  const known = vietnamese.filter(({ name }) => allowed.includes(name));
  const isOther = (name: string) => !vietnamese.some((speaker) => speaker.name === name);
  const others = allowed.filter(isOther);
  const cached = await find();
  let speakers = cached?.speakers;
  const isOld = !cached || Date.now() - cached.listed_at > listedFor;
  if (isRefused || (isOld && [...others, ...chosen].some(isOther))) {
    try {
      speakers = await list();
      await put({ listed_at: Date.now(), speakers });
    } catch (error) {
      log({ level: 'WARN', event: 'speakers_not_listed', reason: (error as Error).message });
    }
  }
  const offered = (speakers ?? []).filter(({ name }) => others.includes(name));
  const missing = others.filter((name) => !offered.some((speaker) => speaker.name === name));
  if (missing.length > 0) log({ level: 'WARN', event: 'speakers_missing', speakers: missing.join(', ') });
  return {
    speakers: [...known, ...offered],
    unknown: speakers ? [] : missing,
    listed: speakers?.map(({ name }) => name),
  };
}

/**
 * Pitches of one speaker, in hertz, and the ages they suit. The steps are 2 semitones or more of an ordinary woman's voice (210 Hz)
 * and man's voice (120 Hz), which listeners hear as another person's; beyond 45 Hz the services sound unnatural.
 */
const ages: Record<MicrosoftSpeaker['gender'], readonly Pick<OfferedVoice, 'age' | 'pitch' | 'rate'>[]> = {
  female: [
    { age: 'adult', pitch: 0, rate: 0 },
    { age: 'young', pitch: 25, rate: 3 },
    { age: 'old', pitch: -25, rate: -8 },
    { age: 'child', pitch: 45, rate: 5 },
  ],
  male: [
    { age: 'adult', pitch: 0, rate: 0 },
    { age: 'young', pitch: 15, rate: 3 },
    { age: 'old', pitch: -15, rate: -8 },
    { age: 'child', pitch: 40, rate: 5 },
  ],
};

/** Returns each speaker at several pitches, adults first, without those that sound like the narrator in some mood. */
export function offerOf({ speakers, unknown, listed }: AllowedSpeakers, settings: MannerSettings): Offer {
  const narrators = mannersOfNarrator(settings).map(({ speaker, pitchHz }) => ({ speaker, pitch: pitchHz }));
  const isNarrators = (part: PartVoice) => narrators.some((narrator) => isSameVoice(narrator, part));
  const voices = speakers.flatMap(({ name, gender, styles }) =>
    ages[gender].map((age) => ({ speaker: name, gender, styles, ...age })),
  );
  const others = voices.filter((voice) => !isNarrators(voice));
  const had = new Set([...speakers.map(({ name }) => name), ...unknown]);
  return {
    voices: [...others.filter(({ age }) => age === 'adult'), ...others.filter(({ age }) => age !== 'adult')],
    keeps: (part) => had.has(part.speaker) && !isNarrators(part),
    has: ({ speaker }) =>
      !listed || listed.includes(speaker) || vietnamese.some(({ name }) => name === speaker),
    isNarrators,
  };
}
