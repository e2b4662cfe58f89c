import type { SpanFacts } from './span.ts';

export interface FinishedSpan {
  traceId: string;
  spanId: string;
  parentId: string;
  name: string;
  facts: SpanFacts;
  /** Milliseconds. */
  start: number;
  end: number;
  error?: string;
}

/** A function must not wait longer for its trace. */
const timeoutMs = 3000;

/**
 * Sends spans to a collector by OTLP/HTTP with JSON
 * (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Throws if it does not take them.
 */
export async function sendSpans(
  endpoint: string,
  service: string,
  spans: readonly FinishedSpan[],
): Promise<void> {
  const response = await fetch(`${endpoint.replace(/\/$/, '')}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: attributesOf({ 'service.name': service }) },
          scopeSpans: [{ scope: { name: 'manga-pipeline' }, spans: spans.map(inOtlp) }],
        },
      ],
    }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the collector responded with HTTP ${response.status}`);
}

/** Kind 1 is internal; status 2 is an error, 0 is unset. */
const inOtlp = ({ traceId, spanId, parentId, name, facts, start, end, error }: FinishedSpan) => ({
  traceId,
  spanId,
  parentSpanId: parentId,
  name,
  kind: 1,
  startTimeUnixNano: nanoseconds(start),
  endTimeUnixNano: nanoseconds(Math.max(start, end)),
  attributes: attributesOf(facts),
  status: error === undefined ? { code: 0 } : { code: 2, message: error.slice(0, 1000) },
});

/** As text, since these numbers are larger than JSON's are exact. */
const nanoseconds = (milliseconds: number) => String(BigInt(Math.round(milliseconds)) * 1_000_000n);

const attributesOf = (facts: SpanFacts) =>
  Object.entries(facts).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: attributeValue(value) }],
  );

function attributeValue(value: string | number | boolean) {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
