import fc from 'fast-check';
import { speechText } from 'vietnamese-speech';
import { panelId } from '../../../domain/page.ts';
import { SegmentDraft } from '../../../domain/script.ts';
import { createNarrator } from '../../../providers/narrators/index.ts';
import { type Target, target } from '../target.ts';

const scrap = fc.oneof(
  fc.constantFrom('CHƯƠNG IV', 'hạng SSS', '$100', '−3,5°C', 'TP.HCM', 'v.v.', 'HP: 120/500', '99 -> 100'),
  fc.constantFrom(
    'ai',
    'AI',
    'KO',
    'VI',
    'Đ',
    '5KG',
    '1½',
    'T-t-tôi',
    'KH...',
    'www.a.vn',
    'x2',
    '【',
    ']',
    '…?!',
  ),
  fc.constantFrom(
    '進撃',
    '원피스',
    'Дракула',
    'سند',
    'ส',
    '🐉',
    '\u200d',
    '\u0301',
    '\ufffd',
    '\n',
    '\r\n',
    '\t',
    ' ',
  ),
  fc.constantFrom('<b>', '${x}', '{{y}}', '&amp;', '\\N', '[[h@l]]', '`'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const text = fc
  .array(fc.tuple(scrap, fc.constantFrom('', ' ')), { maxLength: 12 })
  .map((scraps) => scraps.flat().join(''));

/** Letters of Vietnamese and its intonation marks. */
const sayable =
  /^[a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ\s.,;:!?…'"“”‘’„()«»-]+$/iu;
const words = (line: string) => line.normalize('NFC').trim().split(/\s+/u).join(' ');

/**
 * Attacks the narrator with lettering and names: every segment has text to say, and its subtitle and its sound agree on
 * it.
 */
export async function lettering(): Promise<Target> {
  const narrator = await createNarrator('ocr');
  return target(
    fc.record({
      bubbles: fc.array(text, { maxLength: 4 }),
      names: fc.record({
        manga_title: text,
        number: fc.option(text),
        title: fc.option(text),
        localized_title: fc.option(text),
      }),
      credits: fc.array(fc.record({ role: text, name: text }), { maxLength: 2 }),
    }),
    async ({ bubbles, names, credits }) => {
      const box = { x: 0, y: 0, w: 9, h: 9 };
      const panel = {
        ...box,
        id: panelId(1, 1),
        bubbles: bubbles.map((text) => ({ ...box, text, confidence: 90 })),
      };
      const segments = await narrator.narratePage({
        chapter: {
          ...names,
          ...{ chapter_id: 'a', manga_id: 'a', summary: null, language: null, reading_direction: 'rtl' },
          ...{ credits, licence: null, source: { name: 'library', url: null } },
        },
        analysis: { number: 1, width: 9, height: 9, panels: [panel] },
        isFirst: true,
        isLast: true,
        image: () => Promise.reject(new Error('not read')),
      });
      for (const segment of segments) {
        const { text } = SegmentDraft.parse(segment);
        const said = speechText(text);
        if (/[{}\p{Cc}]|<(?! ?\d)/u.test(text)) throw new Error(`markup: ${text}`);
        if (!sayable.test(said.spoken)) throw new Error(`“${said.spoken}” for “${text}”`);
        if (speechText(said.spoken).spoken !== said.spoken) throw new Error(`not repeatable: ${said.spoken}`);
        if (said.words.map((word) => word.text).join(' ') !== words(text))
          throw new Error(`words of ${text}`);
      }
    },
  );
}
