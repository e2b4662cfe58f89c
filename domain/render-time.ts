import { machineTypes, vcpusOf } from './machine-types.ts';

/**
 * Measured: ten minutes of video kept the 8 vCPUs of a c5.2xlarge for 2.7 minutes, boot included. The boot is an assumption, generous on
 * purpose.
 */
export const renderMeasures = {
  bootMinutes: 1,
  /** Minutes of one C5 vCPU for a minute of video. */
  renderMinutes: ((2.7 - 1) * 8) / 10,
  /**
   * Seconds that a function with one vCPU needs for the pieces and the sound of a minute of video: the CPU of a whole render as `make bench
   * WHAT=scale` measures it. That a vCPU of Lambda is as fast as the measured one is an assumption.
   */
  functionSeconds: 27.4,
  /** Seconds of the same CPU that a minute of sound needs: 0.6 to mix and measure its part, 1.2 to encode it. */
  soundSeconds: 1.85,
  /** Minutes in which a renderer fetches all pieces of a minute of video, joins and uploads them; an assumption. */
  joinMinutes: 1 / 300,
  /** Seconds until a new function works: its code, the FFmpeg of its layer and the threads; an assumption. */
  functionStartSeconds: 3,
} as const;

/** Seconds of a part of the sound: whole frames of AAC and of video, and whole tenths of a second, of which its loudness is calculated. */
export const soundPartSeconds = 64;

/** Returns the minutes that a machine renders a video, without its boot. A type of unknown speed counts as C5. */
export const encodingMinutes = (type: string, minutes: number): number =>
  (minutes * renderMeasures.renderMinutes) / (vcpusOf(type) * (machineTypes[type]?.speed ?? 1));

/** Returns the minutes that a machine of this type renders a video, with its boot; undefined for an unknown type. */
export function renderMinutes(type: string, minutes: number): number | undefined {
  return machineTypes[type] && renderMeasures.bootMinutes + encodingMinutes(type, minutes);
}
