import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from 'local-aws';
import { AwsError, readBody, sendJson, sendJsonError } from 'local-aws/protocol';
import * as z from 'zod';
import { jobSpanIdOf, traceIdOf } from '../domain/trace.ts';

/** Address of the collector below the endpoint of the cloud: `TRACING=http://127.0.0.1:8083/_local/otlp`. */
export const tracesPath = '/_local/otlp/';

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const Attribute = z.object({
  key: z.string(),
  value: z.object({
    stringValue: z.string().optional(),
    intValue: z.union([z.string().regex(/^-?\d{1,19}$/), z.number()]).optional(),
    doubleValue: z.number().optional(),
    boolValue: z.boolean().optional(),
  }),
});
const nanoseconds = z
  .union([z.string().regex(/^\d{1,20}$/), z.number()])
  .transform((time) => Number(time) / 1e6);
const Span = z.object({
  traceId: hex(32),
  spanId: hex(16),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes: z.array(Attribute).default([]),
  status: z.object({ code: z.number().default(0), message: z.string().optional() }).optional(),
});
/** The part of OTLP's ExportTraceServiceRequest that is shown. */
const Export = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute).default([]) }).optional(),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});

const ShownSpan = z.object({
  id: z.string(),
  parent: z.string().optional(),
  service: z.string(),
  name: z.string(),
  /** Milliseconds. */
  start: z.number(),
  end: z.number(),
  error: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type ShownSpan = z.infer<typeof ShownSpan>;

const maxRequest = 4 * 1024 * 1024;

/** The traces that are kept: as many as a hundred jobs a day make in ten days. Older ones are deleted when another begins. */
const kept = { traces: 1_000, milliseconds: 30 * 86_400_000 };

export interface Traces {
  service: Service;
  /** Returns the spans of a job, by their start. */
  ofJob(jobId: string): ShownSpan[];
}

/** Opens a collector that keeps the spans of each trace in a file of the folder, and a limited number of traces. */
export function openTraces(folder: string, onTrace: () => void = () => {}, limits = kept): Traces {
  function deleteOld(): void {
    const newestFirst = readdirSync(folder)
      .map((name) => ({ file: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
      .sort((one, other) => other.at - one.at);
    const oldest = Date.now() - limits.milliseconds;
    for (const [index, { file, at }] of newestFirst.entries())
      if (index >= limits.traces || at < oldest) rmSync(file, { force: true });
  }

  const fileOf = (traceId: string) => join(folder, `${traceId}.jsonl`);

  function store(content: unknown): void {
    mkdirSync(folder, { recursive: true });
    for (const { resource, scopeSpans } of Export.parse(content).resourceSpans) {
      const { 'service.name': service = 'unknown' } = factsOf(resource?.attributes ?? []);
      // It begins with a line end too, for a line before it that a killed process wrote in part.
      for (const one of scopeSpans.flatMap(({ spans }) => spans)) {
        const isFirst = !existsSync(fileOf(one.traceId));
        appendFileSync(fileOf(one.traceId), `\n${JSON.stringify(shown(String(service), one))}\n`);
        if (isFirst) deleteOld();
      }
    }
  }

  return {
    service: {
      async handle(request, response) {
        try {
          // A form of a web page cannot send this type.
          if (
            request.method !== 'POST' ||
            !/^application\/json\b/.test(request.headers['content-type'] ?? '')
          )
            throw new AwsError('UnsupportedMediaType', 'Traces are sent as JSON by POST', 415);
          store(JSON.parse((await readBody(request, maxRequest)).toString()));
          onTrace();
          sendJson(response, {});
        } catch (error) {
          request.resume();
          const { message } = error as Error;
          sendJsonError(response, error instanceof AwsError ? error : new AwsError('InvalidTrace', message));
        }
      },
      close: async () => {},
    },
    ofJob(jobId) {
      const root = jobSpanIdOf(jobId);
      const spans = linesOf(fileOf(traceIdOf(jobId))).flatMap(spanOf);
      return spans
        .map(({ parent, ...one }) => ({ ...one, ...(parent !== root && { parent }) }))
        .sort((one, other) => one.start - other.start);
    },
  };
}

const shown = (service: string, one: z.infer<typeof Span>): ShownSpan => ({
  id: one.spanId,
  ...(one.parentSpanId && { parent: one.parentSpanId }),
  service,
  name: one.name,
  start: one.startTimeUnixNano,
  end: one.endTimeUnixNano,
  ...(one.status?.code === 2 && { error: one.status.message ?? 'failed' }),
  facts: factsOf(one.attributes),
});

const factsOf = (attributes: readonly z.infer<typeof Attribute>[]): ShownSpan['facts'] =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? value.boolValue ?? value.doubleValue ?? Number(value.intValue ?? 0),
    ]),
  );

/** Returns the span of a line; none for a line that a killed process wrote in part. */
function spanOf(line: string): ShownSpan[] {
  try {
    return [ShownSpan.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    // Nothing of this job was traced.
    return [];
  }
}
