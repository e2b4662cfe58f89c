/** Formats `1:40` or `12 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const rest = [...(hours > 0 ? [hours] : []), hours > 0 ? String(minutes).padStart(2, '0') : minutes];
  return `${rest.join(':')}:${String(whole % 60).padStart(2, '0')}`;
}
