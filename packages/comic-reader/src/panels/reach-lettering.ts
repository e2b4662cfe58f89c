import type { Box } from '../page/page.ts';
import type { Firm } from './frame.ts';

/**
 * Extends a panel to the lettering of a bubble that has the gutter's colour and opens into it, since such a bubble looks
 * like a bite out of the panel. Sides with a straight edge stay: text beyond them is a footnote.
 * @param gap largest distance between one letter and the next
 */
export function reachLettering(box: Box, firm: Firm, lettering: readonly Box[], gap: number): Box {
  const most = (isFirm: boolean) => (isFirm ? 0 : gap);
  const [up, down, left, right] = [most(firm.top), most(firm.bottom), most(firm.left), most(firm.right)];
  let { x, y } = box;
  let [end, low] = [x + box.w, y + box.h];
  let rest = lettering;
  for (let grown = true; grown; ) {
    grown = false;
    const beyond: Box[] = [];
    for (const letter of rest) {
      const [above, before] = [y - letter.y, x - letter.x];
      const [below, after] = [letter.y + letter.h - low, letter.x + letter.w - end];
      if (above > up || below > down || before > left || after > right) {
        beyond.push(letter);
        continue;
      }
      if (above > 0 || below > 0 || before > 0 || after > 0) grown = true;
      x = Math.min(x, letter.x);
      y = Math.min(y, letter.y);
      end = Math.max(end, letter.x + letter.w);
      low = Math.max(low, letter.y + letter.h);
    }
    rest = beyond;
  }
  return { x, y, w: end - x, h: low - y };
}
