import { type PageAnalysis, saidIn } from '../page.ts';
import { limits } from './limits.ts';
import { type Reason, reasonsOfPages } from './reason.ts';

/** Returns doubts about speech that could be signs. */
export function unsureSigns(pages: readonly PageAnalysis[]): Reason[] {
  const counted = pages.map(({ number, panels, reading }) => ({
    page: number,
    weight: reading?.unsure_bubbles ?? 0,
    spoken: panels.reduce((sum, panel) => sum + saidIn(panel).length, 0),
  }));
  const sumOf = (field: 'weight' | 'spoken') => counted.reduce((sum, page) => sum + page[field], 0);
  const unsure = sumOf('weight');
  if (unsure < limits.fewSigns || unsure <= limits.unsureSigns * sumOf('spoken')) return [];
  return reasonsOfPages(
    'signs',
    counted
      .filter(({ weight }) => weight > 0)
      .map(({ page, weight }) => ({
        page,
        weight,
        text: weight === 1 ? 'a spoken line could be a sign' : `${weight} spoken lines could be signs`,
      })),
  );
}
