/** Fields of a Map in DISTRIBUTED mode: ItemReader, ItemBatcher, ResultWriter and the rest. */

import { isObject, type Json } from '../json.ts';
import type { Fields } from './fields.ts';
import type { DistributedMap, ItemBatcher, ItemReader, ResultWriter } from './model.ts';
import { argumentsField } from './shared-fields.ts';

const longestLabel = 40;
const notInline = ['ItemReader', 'ItemBatcher', 'ResultWriter'];
const delimiters: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};
const readers = /^arn:aws[a-z-]*:states:(?:[a-z0-9-]+:\d{12}|:):s3:(getObject|listObjectsV2)$/;
const writerResource = /^arn:aws[a-z-]*:states:(?:[a-z0-9-]+:\d{12}|:):s3:putObject$/;

/** Returns undefined for an inline Map. `config` is the processor's ProcessorConfig. */
export function parseDistributed(fields: Fields, config: Fields | undefined): DistributedMap | undefined {
  const mode = config?.oneOf('Mode', ['INLINE', 'DISTRIBUTED']) ?? 'INLINE';
  const isInline = config?.has('Mode') === true && mode === 'INLINE';
  const executionType = isInline ? undefined : config?.oneOf('ExecutionType', ['STANDARD', 'EXPRESS']);
  config?.refuseOthers();
  if (mode === 'INLINE') {
    if (notInline.filter((field) => fields.raw(field) !== undefined).length > 0)
      fields.report('The ItemReader, ItemBatcher and ResultWriter fields are not supported for INLINE maps');
    if (fields.raw('Label') !== undefined)
      fields.report('Label belongs to a Map in DISTRIBUTED mode', 'Label');
    return undefined;
  }
  config?.require('ExecutionType');
  const label = fields.text('Label');
  if (label !== undefined && !/^[^\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]{1,40}$/u.test(label))
    fields.report(
      label.length > longestLabel
        ? `The label '${label}' exceeds the ${longestLabel}-character limit allowed by the service`
        : 'A label must not be empty or have special characters',
      'Label',
      'INVALID_LABEL_NAME',
    );
  return {
    label,
    express: executionType === 'EXPRESS',
    reader: inside(fields, 'ItemReader', parseReader),
    batcher: inside(fields, 'ItemBatcher', parseBatcher),
    writer: inside(fields, 'ResultWriter', parseWriter),
  };
}

function inside<T>(fields: Fields, name: string, parse: (inner: Fields) => T): T | undefined {
  const value = fields.raw(name);
  if (value === undefined) return undefined;
  const inner = fields.below(value, name);
  const parsed = parse(inner);
  inner.refuseOthers();
  return parsed;
}

function parseReader(fields: Fields): ItemReader {
  const resource = fields.text('Resource');
  const action = readers.exec(resource ?? '')?.[1];
  if (action === undefined) {
    fields.report("The field 'Resource' does not match any of the allowed values", 'Resource');
  }
  const listing = action === 'listObjectsV2';
  const config = inside(fields, 'ReaderConfig', (inner) => parseReaderConfig(inner, listing));
  if (!listing && config?.inputType === undefined && config?.source !== 'inventory')
    fields.report("The field 'InputType' is required", 'ReaderConfig');
  const named = fields.jsonata ? 'Arguments' : 'Parameters';
  const given = fields.raw(named);
  if (config?.inputType === 'PARQUET' && isObject(given) && ('VersionId' in given || 'VersionId.$' in given))
    fields.report('VersionId is not supported with the InputType PARQUET', named);
  return {
    action: listing ? 'listObjectsV2' : 'getObject',
    source: config?.source ?? 'direct',
    parameters: targetOf(fields),
    inputType: config?.inputType ?? 'JSON',
    delimiter: config?.delimiter ?? ',',
    headers: config?.headers,
    pointer: config?.pointer ?? [],
    maxItems: config?.maxItems,
  };
}

function parseReaderConfig(fields: Fields, listing: boolean) {
  const inputType = fields.oneOf('InputType', ['CSV', 'JSON', 'JSONL', 'MANIFEST', 'PARQUET']);
  const source = sourceOf(fields, inputType, listing);
  const delimiter = fields.oneOf('CSVDelimiter', Object.keys(delimiters));
  const location =
    inputType === 'JSON' ? undefined : fields.oneOf('CSVHeaderLocation', ['FIRST_ROW', 'GIVEN']);
  const headers = fields.list('CSVHeaders');
  const named = source === 'direct' ? !listing : source !== 'inventory';
  if (inputType === 'CSV' && location === undefined && named)
    fields.report("The field 'CSVHeaderLocation' is required", 'CSVHeaderLocation');
  if (location === 'GIVEN') fields.require('CSVHeaders');
  if (headers && (location !== 'GIVEN' || !headers.every(isText)))
    fields.report('CSVHeaders must be a list of names, with CSVHeaderLocation GIVEN', 'CSVHeaders');
  const pointer = fields.text('ItemsPointer');
  if (pointer !== undefined && (inputType !== 'JSON' || !/^(\/([^~]|~[01])*)?$/.test(pointer)))
    fields.report('ItemsPointer must be a JSON pointer, with InputType JSON', 'ItemsPointer');
  return {
    source,
    inputType: inputType === 'MANIFEST' ? ('JSON' as const) : inputType,
    delimiter: delimiter === undefined ? undefined : delimiters[delimiter],
    headers: location === 'GIVEN' ? headers?.map(String) : undefined,
    pointer: (pointer ?? '')
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')),
    maxItems: fields.amount('MaxItems', 0, 100_000_000),
  };
}

/** Reads Transformation and ManifestType, which name objects to read the items from. */
function sourceOf(fields: Fields, inputType: string | undefined, listing: boolean): ItemReader['source'] {
  const transformation = fields.oneOf('Transformation', ['NONE', 'LOAD_AND_FLATTEN']);
  const manifest = fields.oneOf('ManifestType', ['ATHENA_DATA', 'S3_INVENTORY']);
  if (transformation === 'LOAD_AND_FLATTEN') {
    if (!listing || inputType === undefined)
      fields.report('LOAD_AND_FLATTEN needs s3:listObjectsV2 and an InputType', 'Transformation');
    return 'flattened';
  }
  if (manifest !== undefined && listing)
    fields.report('A manifest is read with s3:getObject', 'ManifestType');
  if (manifest === 'ATHENA_DATA') {
    if (inputType !== 'CSV' && inputType !== 'JSONL' && inputType !== 'PARQUET')
      fields.report('ATHENA_DATA needs the InputType CSV, JSONL or PARQUET', 'InputType');
    return 'athena';
  }
  if (manifest === 'S3_INVENTORY' && inputType !== undefined && inputType !== 'MANIFEST')
    fields.report('S3_INVENTORY has no other InputType', 'InputType');
  return manifest === 'S3_INVENTORY' || inputType === 'MANIFEST' ? 'inventory' : 'direct';
}

const batchLimits = ['MaxItemsPerBatch', 'MaxInputBytesPerBatch'].flatMap((name) => [name, `${name}Path`]);

function parseBatcher(fields: Fields): ItemBatcher {
  const batcher = {
    // In JSONata it can be any JSON, also an expression (the guide's page of ItemBatcher).
    input: fields.template('BatchInput', !fields.jsonata),
    maxItems: fields.amount('MaxItemsPerBatch', 0),
    maxBytes: fields.amount('MaxInputBytesPerBatch', 0, 262_144),
  };
  if (!batchLimits.some((name) => fields.has(name)))
    fields.report('At least one of MaxItemsPerBatch and MaxInputBytesPerBatch must be given');
  return batcher;
}

function parseWriter(fields: Fields): ResultWriter {
  const resource = fields.text('Resource');
  if (resource !== undefined && !writerResource.test(resource))
    fields.report("The field 'Resource' does not match any of the allowed values", 'Resource');
  const config = inside(fields, 'WriterConfig', (inner) => ({
    transformation: inner.oneOf('Transformation', ['NONE', 'COMPACT', 'FLATTEN']),
    outputType: inner.oneOf('OutputType', ['JSON', 'JSONL']),
  }));
  if (resource === undefined && config === undefined)
    fields.report('At least one of Resource and WriterConfig must be given');
  if (resource !== undefined) fields.require(fields.jsonata ? 'Arguments' : 'Parameters');
  return {
    toS3: resource !== undefined,
    parameters: targetOf(fields),
    transformation: config?.transformation ?? (resource === undefined ? 'COMPACT' : 'NONE'),
    lines: config?.outputType === 'JSONL',
  };
}

/** Reads the parameters of S3: an object, in JSONata also an expression that returns one. */
function targetOf(fields: Fields) {
  return fields.jsonata ? argumentsField(fields) : fields.template('Parameters', true);
}

function isText(value: Json): boolean {
  return typeof value === 'string';
}

/** Returns a reader of the processor's ProcessorConfig, or undefined when it has none. */
export function processorConfig(processor: Fields): Fields | undefined {
  const config = processor.raw('ProcessorConfig');
  return config === undefined ? undefined : processor.below(config, 'ProcessorConfig');
}
