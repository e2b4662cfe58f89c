/** Shapes of data that outlives a deployment, field by field, so that a change that old code can't read is noticed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { AudienceRecord, AudienceReview } from '../../domain/audience/record.ts';
import { SeriesCast } from '../../domain/cast.ts';
import { Chapter } from '../../domain/chapter.ts';
import { DeploymentRecord } from '../../domain/deployment-record.ts';
import { Doubt } from '../../domain/doubt.ts';
import { Job } from '../../domain/job.ts';
import { LedgerEntry } from '../../domain/ledger-entry.ts';
import { KnownVideo, PublishedVideo } from '../../domain/likeness/appearance.ts';
import { ComparedScripts } from '../../domain/likeness/at-work.ts';
import { Likeness } from '../../domain/likeness.ts';
import { Panels } from '../../domain/page.ts';
import { Proofreading } from '../../domain/proofreading.ts';
import { Publication, UploadState } from '../../domain/publication.ts';
import { PageDraft, Script } from '../../domain/script.ts';
import { Shots } from '../../domain/shots.ts';
import { RememberedSpeech, SegmentTiming, Speech } from '../../domain/speech.ts';
import { storedSchema } from '../../domain/stored-schema.ts';
import { StoryMemory } from '../../domain/story.ts';
import { Thumbnails } from '../../domain/thumbnails.ts';
import { WorkerTask } from '../../domain/worker-task.ts';

/** Items of the tables of jobs and chapters, artifacts, memories, and what a start function passes to a machine. */
const stored = {
  ...{
    Job,
    LedgerEntry,
    UploadState,
    Chapter,
    Panels,
    PageDraft,
    Script,
    Doubt,
    SegmentTiming,
    Speech,
    Shots,
    Thumbnails,
    Publication,
  },
  ...{
    RememberedSpeech,
    StoryMemory,
    SeriesCast,
    Likeness,
    Proofreading,
    KnownVideo,
    ComparedScripts,
    PublishedVideo,
    AudienceRecord,
    AudienceReview,
    DeploymentRecord,
    WorkerTask,
  },
};

/** Version of the stored data, and the type of each field by its path: `Script.segments[].text`; a `?` is optional. */
export interface StoredShapes {
  stored_schema: number;
  fields: Readonly<Record<string, string>>;
}

const file = join(import.meta.dirname, 'stored-shapes.json');

type JsonSchema = z.core.JSONSchema.BaseSchema;

function* fieldsOf(path: string, schema: JsonSchema, optional = false): Generator<[string, string]> {
  const {
    properties,
    items,
    additionalProperties,
    anyOf,
    oneOf,
    $schema: _,
    description: __,
    ...leaf
  } = schema;
  const mark = optional ? '?' : '';
  const choices = anyOf ?? oneOf;
  if (properties) {
    yield [path + mark, 'object'];
    for (const [name, one] of Object.entries(properties))
      yield* fieldsOf(`${path}.${name}`, one as JsonSchema, !schema.required?.includes(name));
  } else if (choices)
    for (const [index, one] of choices.entries())
      yield* fieldsOf(`${path}|${index}`, one as JsonSchema, optional);
  else if (items) yield* fieldsOf(`${path}[]`, items as JsonSchema, optional);
  else if (typeof additionalProperties === 'object')
    yield* fieldsOf(`${path}{}`, additionalProperties as JsonSchema, optional);
  else yield [path + mark, JSON.stringify(leaf, (_key, value) => (isLargest(value) ? undefined : value))];
}

/** The limits of every whole number in JSON Schema, which say nothing of the data. */
const isLargest = (value: unknown) =>
  typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER;

export const shapesOf = (schemas: Readonly<Record<string, z.ZodType>>, version: number): StoredShapes => ({
  stored_schema: version,
  fields: Object.fromEntries(
    Object.entries(schemas).flatMap(([name, schema]) => [
      ...fieldsOf(name, z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
    ]),
  ),
});

export const shapesOfToday = (): StoredShapes => shapesOf(stored, storedSchema);
export const keptShapes = (): StoredShapes => JSON.parse(readFileSync(file, 'utf8')) as StoredShapes;

/** Returns what old code could miss or misread in what new code stores, or new code in what is stored; a new optional field is not. */
export function breaking({ fields: kept }: StoredShapes, { fields: today }: StoredShapes): string[] {
  const gone = Object.keys(kept).filter((path) => today[path] !== kept[path]);
  const added = Object.keys(today).filter((path) => {
    const parent = path.replace(/\.[^.]+$/, '');
    const isOfKnown = kept[parent] !== undefined || kept[`${parent}?`] !== undefined;
    return kept[path] === undefined && !path.endsWith('?') && isOfKnown;
  });
  return [...new Set([...gone, ...added])].sort();
}

/** `make check FIX=1`: keeps today's shapes, unless they break what is stored and the version was not raised. */
export function writeStoredShapes(): void {
  const [kept, today] = [keptShapes(), shapesOfToday()];
  const broken = kept.stored_schema === today.stored_schema ? breaking(kept, today) : [];
  if (broken.length > 0) throw new Error(instruction(broken));
  writeFileSync(file, `${JSON.stringify(today, undefined, 2)}\n`);
}

export const instruction = (broken: readonly string[]) =>
  `The stored data changed: ${broken.join(', ')}. If older code can't read that, or reads it wrongly, raise storedSchema in domain/stored-schema.ts, and then run make check FIX=1`;
