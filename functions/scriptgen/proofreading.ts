import { type Finding, found, quoted } from '../../domain/proofreading/finding.ts';
import { type Proofreading, proofreadByRules } from '../../domain/proofreading.ts';
import { isTold, type Script } from '../../domain/script.ts';
import { type FrameSettings, longestHook, secondsOfHook } from '../../providers/narrators/frame.ts';
import type { Proofread } from '../../providers/narrators/narrator.ts';
import { type ToldChapter, withTexts } from './assembly.ts';
import type { Drafting } from './drafting.ts';

/** A chapter with the model's corrections, and what the model found. */
interface CorrectedChapter {
  told: ToldChapter;
  /** Sentences that were to be read; 0 if no model reads them. */
  asked: number;
  proofread: Proofread | undefined;
  /** Changes outside of sentences. */
  notes: string[];
}

/** Lets a model read a told chapter over. The frame stays: its names and credits are the source's. */
export async function correctedChapter(
  told: ToldChapter,
  read: Drafting['proofread'],
): Promise<CorrectedChapter> {
  const proofs = told.segments.flatMap((segment, place) =>
    isTold(segment) ? [[place, segment] as const] : [],
  );
  if (!read || proofs.length === 0) return { told, asked: 0, proofread: undefined, notes: [] };
  const { ending, frame } = told;
  const presentation = ending?.presentation;
  const proofread = await read({
    segments: new Map(proofs),
    hook: frame.hook ? presentation?.headline : undefined,
  });
  const { corrections, hook, account } = proofread;
  const notes = hook && presentation ? [`“${presentation.headline}” became “${hook.text}”: ${hook.why}`] : [];
  const again =
    ending && presentation && hook
      ? { ...ending, presentation: { ...presentation, headline: hook.text } }
      : ending;
  return {
    told: withTexts({ ...told, ending: again, accounts: [...told.accounts, account] }, corrections),
    ...{ asked: proofs.length, proofread, notes },
  };
}

/** Returns what proofreading changed, and what a model and rules found in the script as it will be spoken. */
export function proofreadingOf(
  script: Script,
  { told, asked, proofread, notes }: CorrectedChapter,
): Proofreading {
  const { ending, frame } = told;
  return {
    job_id: script.job_id,
    model: proofread ? { read: asked - proofread.unread, unread: proofread.unread } : null,
    changed: proofread?.corrections.size ?? 0,
    findings: [
      ...(proofread?.findings ?? []),
      ...proofreadByRules(script, ending?.characters ?? []),
      ...(frame.hook ? tooLongHook(script, frame) : []),
    ],
    notes,
  };
}

/** Finds a hook that is left out, since viewers decide before it ends. */
function tooLongHook({ presentation }: Script, { rate }: FrameSettings): Finding[] {
  if (!presentation) return [];
  const { headline } = presentation;
  const seconds = secondsOfHook(headline, rate);
  const text = `${quoted(headline)} is not spoken as the hook: it takes ${seconds.toFixed(0)} s, and a hook at most ${longestHook}`;
  return seconds > longestHook ? [found('hook', [], text)] : [];
}
