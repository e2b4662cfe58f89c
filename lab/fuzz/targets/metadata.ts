import fc from 'fast-check';
import { speechText } from 'vietnamese-speech';
import { videoMetadata } from '../../../domain/video-metadata.ts';
import { type Target, target } from '../target.ts';

const words = fc.oneof(
  fc.constantFrom(
    '"; rm -rf / #',
    '$(reboot)',
    '<script>',
    '\u202e',
    '1.000.000đ',
    'XVIII',
    '--upload-pack=x',
    '\0',
  ),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 3000 }),
);
const maybe = fc.option(words);

/**
 * Attacks the metadata with external titles, credits and summaries: it stays inside YouTube's limits and can be spoken.
 */
export async function metadata(): Promise<Target> {
  return target(
    fc.record({ title: words, series: words, summary: maybe, licence: maybe }),
    ({ title, series, summary, licence }) => {
      const made = videoMetadata({
        chapter_id: 'a',
        manga_id: 'a',
        manga_title: series,
        number: '1',
        title,
        summary,
        language: null,
        reading_direction: 'unknown',
        credits: [{ role: series, name: title }],
        licence,
        source: { name: 'library', url: null },
        job_id: 'job-fuzzed',
        pages: [{ number: 1, key: 'jobs/job-fuzzed/pages/001.jpg', width: 1, height: 1 }],
      });
      if (made.title.length > 100 || /[<>\n]/.test(made.title)) throw new Error(`title: ${made.title}`);
      if (Buffer.byteLength(made.description) > 5000 || /[<>]/.test(made.description))
        throw new Error('description');
      if (/\d/.test(speechText(title).spoken)) throw new Error('digits are left to be spoken');
    },
  );
}
