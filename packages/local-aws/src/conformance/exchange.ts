import type { OutgoingHttpHeaders } from 'node:http';
import { boundInput, headersFor, partOf } from './bindings.ts';
import { type Model, modelOf, type Operation, type Shape, shapeOf } from './model.ts';
import { operationOf, type Received } from './operation.ts';
import { readQuery } from './query.ts';
import { differences } from './validate.ts';
import { contentOf, firstOf, readXml } from './xml.ts';

export interface Sent {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

export interface Verdict {
  /** `dynamodb:GetItem` */
  operation: string;
  /** Differences of request and response from AWS's model; empty when they fit. */
  problems: string[];
}

/** Compares a request and its response with AWS's model of the service; undefined where there is no model. */
export function judge(service: string, received: Received, sent: Sent): Verdict | undefined {
  const model = modelOf(service);
  if (!model || isOfLocalEngine(received)) return undefined;
  const name = operationOf(model, received);
  const operation = name === undefined ? undefined : model.operations[name];
  if (name === undefined || !operation) {
    // What this cloud refuses is not a part of it.
    const unknown = `${received.method} ${received.url} is not an operation of the model`;
    return { operation: `${service}:?`, problems: sent.status >= 400 ? [] : [unknown] };
  }
  // A refused request is not wrong on both sides.
  const problems =
    sent.status >= 400
      ? errorProblems(model, operation, sent)
      : [
          ...requestDifferences(model, operation, received).map((one) => `request${one}`),
          ...responseDifferences(model, name, operation, sent).map((one) => `response${one}`),
        ].filter(
          (one) =>
            !exceptions.some(
              ({ problem, asked }) => problem.test(one) && (asked?.test(received.body) ?? true),
            ),
        );
  return { operation: `${service}:${name}`, problems };
}

/** Returns whether the request is for an operation that AWS does not have. */
const isOfLocalEngine = ({ headers }: Received) => String(headers['x-amz-target']).startsWith('LocalStates.');

/** Responses of AWS itself that its models do not allow; the examples of its API reference show them. */
const exceptions: readonly { problem: RegExp; asked?: RegExp }[] = [
  { problem: /^response\S*\.NumberOfDecreasesToday: 0 is less than 1$/ },
  { problem: /^response\.Unprocessed(Items|Keys): 0 entries is less than 1$/ },
  // A history without its data leaves out inputs and parameters, also the required ones.
  {
    problem: /^response\.events\[\d+\]\.\w+: (input|parameters) is required$/,
    asked: /"includeExecutionData":\s*false/,
  },
];

const nothing: Shape = { type: 'structure', members: {} };

function requestDifferences(model: Model, operation: Operation, received: Received): string[] {
  const { protocol } = model.metadata;
  const shape = operation.input ? shapeOf(model, operation.input) : nothing;
  if (protocol === 'json') return differences(model, shape, JSON.parse(received.body || '{}'), 'json');
  if (protocol === 'query' || protocol === 'ec2')
    return differences(model, shape, readQuery(model, operation.input, received.body), 'text');
  const bound = boundInput(model, operation, received);
  return [
    ...differences(model, withoutPayload(partOf(shape, false)), bound, 'text'),
    ...bodyDifferences(model, shape, received.body),
  ];
}

function responseDifferences(model: Model, name: string, operation: Operation, sent: Sent): string[] {
  const { protocol } = model.metadata;
  const { output } = operation;
  const shape = output ? shapeOf(model, output) : nothing;
  if (protocol === 'json') return differences(model, shape, JSON.parse(sent.body || '{}'), 'json');
  if (protocol === 'query' || protocol === 'ec2') {
    const { name: root, root: element } = readXml(sent.body);
    if (root !== `${name}Response`) return [`: ${root} is not ${name}Response`];
    const { requestId: _, ResponseMetadata: __, ...content } = element;
    const result = output?.resultWrapper ? (firstOf(element, output.resultWrapper) ?? {}) : content;
    return output ? differences(model, shape, contentOf(model, shape, result), 'text') : [];
  }
  return [
    ...differences(
      model,
      withoutPayload(partOf(shape, false)),
      headersFor(model, shape, answered(sent)),
      'text',
    ),
    ...bodyDifferences(model, shape, sent.body),
  ];
}

/** Headers of every response, which no model names. */
const ofEveryResponse =
  /^x-amz(n)?-(request-?id|id-2|errortype|bucket-region|checksum-type|trace-id|remapped-.*)$/i;
const answered = ({ headers }: Sent) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofEveryResponse.test(name)));

function withoutPayload(shape: Shape): Shape {
  if (shape.payload === undefined) return shape;
  const { [shape.payload]: _, ...members } = shape.members ?? {};
  return { ...shape, members, required: (shape.required ?? []).filter((one) => one !== shape.payload) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Compares the body of a REST request or response. Objects and payloads of functions have no shape. */
function bodyDifferences(model: Model, shape: Shape, body: string): string[] {
  const payload = shape.payload === undefined ? undefined : shape.members?.[shape.payload];
  const whole = payload ? shapeOf(model, payload) : partOf(shape, true);
  if (whole.type !== 'structure') return [];
  if (!payload && Object.keys(whole.members ?? {}).length === 0) return [];
  if (body === '' && !shape.required?.includes(shape.payload ?? '')) return [];
  if (model.metadata.protocol === 'rest-json') {
    if (!isJson(body)) return [': the body is not JSON'];
    return differences(model, whole, JSON.parse(body), 'json');
  }
  const { root } = readXml(body);
  return differences(model, whole, contentOf(model, whole, root), 'text');
}

/** Errors of every operation: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html and throttling. */
const common =
  /^(AccessDenied(Exception)?|InternalFailure|InternalServerError|InvalidAction|InvalidClientTokenId|MissingAuthenticationToken(Exception)?|RequestTimeout|SerializationException|ServiceUnavailable|Throttling(Exception)?|TooManyRequestsException|UnknownOperationException|UnrecognizedClientException|Validation(Error|Exception)|RequestEntityTooLargeException)$/;

function errorProblems(model: Model, { errors }: Operation, { status, headers, body }: Sent): string[] {
  const [, inJson, inXml] = /"__type":"(?:[^"]*#)?([^"]+)"|<(\w+)\/>/.exec(body) ?? [];
  const code = inJson ?? inXml ?? String(headers['x-amzn-errortype'] ?? '');
  // S3 and EC2 have lists of errors that are not in their models. This cloud refuses with 501 what it lacks.
  if (status === 501 || !/json/.test(model.metadata.protocol) || common.test(code)) return [];
  return errors.includes(code) ? [] : [`error ${code || body.slice(0, 80)} is not one of the operation`];
}
