import type { OfferedVoice } from '../../domain/cast.ts';

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
