import { randomBytes } from 'node:crypto';
import type { Log } from '../../domain/log.ts';
import { jobSpanIdOf, traceIdOf } from '../../domain/trace.ts';
import { type FinishedSpan, sendSpans } from './otlp.ts';
import { type ActiveSpan, activeSpan, type SpanFacts } from './span.ts';

export interface Traced {
  /** The setting `tracing`: `off`, or the address of an OTLP collector. */
  tracing: string;
  jobId: string;
  /** The function or worker. */
  service: string;
  facts?: SpanFacts;
  /** When the work began, in milliseconds, if that was before this call. */
  bootedAt?: number | undefined;
  log: Log;
}

/** A machine that is interrupted loses at most the spans of this many milliseconds. */
const sendEvery = 10_000;

/** Runs work as a span of its job, with all spans below it, and sends them. What can't be sent is logged once and lost. */
export async function recordTrace<T>(traced: Traced, work: () => Promise<T>): Promise<T> {
  const { tracing, jobId, service, facts = {}, bootedAt, log } = traced;
  const traceId = traceIdOf(jobId);
  let finished: FinishedSpan[] = [];
  let isLogged = false;

  async function send(): Promise<void> {
    const spans = finished;
    finished = [];
    if (spans.length === 0) return;
    try {
      await sendSpans(tracing, service, spans);
    } catch (error) {
      if (!isLogged) log({ level: 'WARN', event: 'trace_not_sent', reason: String(error) });
      isLogged = true;
    }
  }

  async function record<R>(
    parentId: string,
    name: string,
    spanFacts: SpanFacts,
    inner: () => Promise<R>,
  ): Promise<R> {
    const one = { traceId, spanId: newSpanId(), parentId, name, facts: spanFacts, start: Date.now() };
    const active: ActiveSpan = { child: (...call) => record(one.spanId, ...call) };
    try {
      const result = await activeSpan.run(active, inner);
      finished.push({ ...one, end: Date.now() });
      return result;
    } catch (error) {
      finished.push({ ...one, end: Date.now(), error: String(error) });
      throw error;
    }
  }

  const timer = setInterval(() => void send(), sendEvery);
  timer.unref();
  const root = jobSpanIdOf(jobId);
  if (bootedAt !== undefined)
    finished.push({
      ...{ traceId, spanId: newSpanId(), parentId: root, name: 'boot', facts: {} },
      ...{ start: bootedAt, end: Date.now() },
    });
  try {
    return await record(root, service, { job_id: jobId, ...facts }, work);
  } finally {
    clearInterval(timer);
    await send();
  }
}

const newSpanId = () => randomBytes(8).toString('hex');
