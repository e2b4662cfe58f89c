import type { OfferedVoice, PartVoice } from '../../domain/cast.ts';

/**
 * espeak's Vietnamese dialects with variants of a larynx, at differences from its usual pitch. `make bench WHAT=cast` measures that
 * any two of them, and the narrator, are 2 semitones or 3 dB of their spectrum apart.
 */
export const espeakSpeakers: readonly OfferedVoice[] = [
  { speaker: 'vi+f3', pitch: 16, rate: 0, gender: 'female', age: 'adult' },
  { speaker: 'vi+m3', pitch: 6, rate: 0, gender: 'male', age: 'adult' },
  { speaker: 'vi-vn-x-south+f4', pitch: 12, rate: 4, gender: 'female', age: 'adult' },
  { speaker: 'vi-vn-x-south+m7', pitch: 18, rate: 0, gender: 'male', age: 'adult' },
  { speaker: 'vi-vn-x-central+f1', pitch: 20, rate: 0, gender: 'female', age: 'adult' },
  { speaker: 'vi-vn-x-central+m2', pitch: 12, rate: 0, gender: 'male', age: 'adult' },
  { speaker: 'vi+f5', pitch: 22, rate: 4, gender: 'female', age: 'young' },
  { speaker: 'vi+m2', pitch: 28, rate: 4, gender: 'male', age: 'young' },
  { speaker: 'vi-vn-x-south+f5', pitch: 26, rate: 4, gender: 'female', age: 'young' },
  { speaker: 'vi-vn-x-south+m5', pitch: 34, rate: 4, gender: 'male', age: 'young' },
  { speaker: 'vi-vn-x-central+f4', pitch: -8, rate: -10, gender: 'female', age: 'old' },
  { speaker: 'vi+m1', pitch: -16, rate: -10, gender: 'male', age: 'old' },
  { speaker: 'vi+grandma', pitch: -8, rate: -10, gender: 'female', age: 'old' },
  { speaker: 'vi-vn-x-south+m4', pitch: -14, rate: -10, gender: 'male', age: 'old' },
  { speaker: 'vi+f5', pitch: 42, rate: 6, gender: 'female', age: 'child' },
  { speaker: 'vi+m3', pitch: 45, rate: 6, gender: 'male', age: 'child' },
  { speaker: 'vi-vn-x-south+f3', pitch: 45, rate: 6, gender: 'female', age: 'child' },
  { speaker: 'vi-vn-x-south+m2', pitch: 48, rate: 6, gender: 'male', age: 'child' },
];

/** Variants of espeak-ng 1.52 (espeak-ng-data/voices/!v); it speaks without one that it does not know. */
const variants = new Set(
  [
    'm1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 croak whisper whisperf grandma grandpa klatt klatt2 klatt3 klatt4 klatt5 klatt6',
    'adam anika anikaRobot announcer antonio aunty belinda benjamin boris caleb david ed edward edward2 fast gustave ian',
    'iven iven2 iven3 iven4 john kaukovalta linda marcelo max michel miguel mike2 norbert pablo paul pedro quincy rob',
    'robert robosoft robosoft2 robosoft3 robosoft4 robosoft5 robosoft6 robosoft7 robosoft8 sandro shelby steph steph2',
    'steph3 travis victor zac Alex Alicia Andrea Andy Annie AnxiousAndy Demonic Denis Diogo Gene Gene2 Henrique Hugo',
    'Jacky Lee Marco Mario Michael Mike Nguyen Reed RicishayMax RicishayMax2 RicishayMax3 Storm Tweaky UniRobot',
  ].flatMap((line) => line.split(' ')),
);
const dialects = new Set(['vi', 'vi-vn-x-south', 'vi-vn-x-central']);

/** Returns whether espeak speaks Vietnamese with this voice. */
export function isEspeakSpeaker({ speaker }: Pick<PartVoice, 'speaker'>): boolean {
  const [dialect = '', variant, ...others] = speaker.split('+');
  return dialects.has(dialect) && (variant === undefined || variants.has(variant)) && others.length === 0;
}
