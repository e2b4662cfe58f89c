/** The wire protocols of the services that tasks call. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseResource, type Resource, targetOf } from '../definition/resource.ts';
import type { Json } from '../json.ts';
import { listen, stopServer } from '../testing/served.ts';
import { createTaskCaller } from './caller.ts';
import { checkFields } from './fields.ts';
import { createServiceClient } from './http.ts';
import { callHttpTask } from './http-tasks.ts';
import { SdkThread } from './sdk/thread.ts';
import { formatToken, parseToken } from './token.ts';

interface Seen {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const origin = { executionArn: 'arn:execution', stateMachineArn: 'arn:machine' };

async function call(arn: string, parameters: Json, answer: (response: ServerResponse) => void) {
  const seen: Seen[] = [];
  const { url, server } = await listen(async (request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers, body: await text(request) });
    answer(response);
  });
  const client = createServiceClient();
  const endpoints = { lambda: () => url, '*': url };
  const sdk = new SdkThread();
  const caller = createTaskCaller({ endpoints, region: 'us-east-1', client, sdk });
  const outcome = await caller.call(parseResource(arn) as Resource, parameters, origin);
  client.close();
  sdk.close();
  await stopServer(server);
  return { outcome, request: seen[0] };
}

const invoke = 'arn:aws:states:::lambda:invoke';
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:f';

describe('Lambda', () => {
  test('invokes the function with the fields of the Invoke API', async () => {
    const parameters = {
      FunctionName: functionArn,
      Payload: { a: 1 },
      Qualifier: 'live',
      InvocationType: 'Event',
    };
    const { outcome, request } = await call(invoke, parameters, (response) => response.writeHead(202).end());
    expect(request?.url).toBe(
      `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations?Qualifier=live`,
    );
    expect(request?.body).toBe('{"a":1}');
    expect(request?.headers['x-amz-invocation-type']).toBe('Event');
    expect(request?.headers.authorization).toMatch(
      /Credential=local\/\d{8}\/us-east-1\/lambda\/aws4_request,/,
    );
    expect(outcome).toMatchObject({ succeeded: true, output: { StatusCode: 202 } });
    expect(outcome).not.toHaveProperty('output.Payload');
  });

  test.each([
    ['JSON text unchanged', '[1]', '[1]'],
    ['other text as JSON', 'hello', '"hello"'],
    ['null as an empty object', null, '{}'],
  ])('sends %s', async (_title, Payload, body) => {
    const { request } = await call(invoke, { FunctionName: 'f', Payload }, (response) =>
      response.end('null'),
    );
    expect(request?.body).toBe(body);
  });

  test('a function as resource passes input and result through unchanged', async () => {
    const { outcome, request } = await call(functionArn, { a: 1 }, (response) => response.end('{"b":2}'));
    expect(request?.body).toBe('{"a":1}');
    expect(outcome).toEqual({ succeeded: true, output: { b: 2 } });
  });

  test('sends the tenant and the name of a durable execution', async () => {
    const parameters = { FunctionName: 'f', TenantId: 'blue', DurableExecutionName: 'run-1' };
    const { request } = await call(invoke, parameters, (response) => response.end('null'));
    expect(request?.headers).toMatchObject({
      'x-amz-tenant-id': 'blue',
      'x-amz-durable-execution-name': 'run-1',
    });
  });

  test.each([
    ['{"errorType":"BadPage","errorMessage":"no"}', 'BadPage', ''],
    [
      '{"errorMessage":"Task timed out after 3.00 seconds"}',
      'Lambda.Unknown',
      'The cause could not be determined because Lambda did not return an error type. Returned payload: ',
    ],
  ])('names the function error %s %s, with its text as the cause', async (body, error, words) => {
    const { outcome } = await call(invoke, { FunctionName: 'f' }, (response) => {
      response.writeHead(200, { 'X-Amz-Function-Error': 'Unhandled' }).end(body);
    });
    expect(outcome).toEqual({ succeeded: false, error, cause: `${words}${body}` });
  });

  test.each([
    [429, {}, 'Lambda.TooManyRequestsException'],
    [500, {}, 'Lambda.ServiceException'],
    [
      400,
      { 'x-amzn-ErrorType': 'InvalidRequestContentException:http://x' },
      'Lambda.InvalidRequestContentException',
    ],
  ])('status %i with %j is %s', async (status, headers, error) => {
    const { outcome } = await call(invoke, { FunctionName: 'f' }, (response) => {
      response.writeHead(status, headers as Record<string, string>).end('{"Message":"no"}');
    });
    expect(outcome).toMatchObject({ succeeded: false, error });
    expect(outcome).toHaveProperty(
      'cause',
      expect.stringContaining(`no (Service: AWSLambda; Status Code: ${status};`),
    );
  });

  test('a missing response is an SdkClientException', async () => {
    const { outcome } = await call(invoke, { FunctionName: 'f' }, (response) => response.destroy());
    expect(outcome).toMatchObject({ succeeded: false, error: 'Lambda.SdkClientException' });
  });

  test('refuses a call without a function name', async () => {
    const { outcome, request } = await call(invoke, {}, (response) => response.end());
    expect(outcome).toMatchObject({ error: 'Lambda.ValidationException' });
    expect(request).toBeUndefined();
  });
});

describe('SQS', () => {
  test('sends an object as JSON text', async () => {
    const parameters = { QueueUrl: 'http://q/1/jobs', MessageBody: { a: 1 } };
    const { outcome, request } = await call('arn:aws:states:::sqs:sendMessage', parameters, (response) => {
      response.end('{"MessageId":"m"}');
    });
    expect(request?.headers['x-amz-target']).toBe('AmazonSQS.SendMessage');
    expect(JSON.parse(request?.body ?? '')).toEqual({ ...parameters, MessageBody: '{"a":1}' });
    expect(outcome).toMatchObject({ succeeded: true, output: { MessageId: 'm' } });
  });

  test('names an error as the SDK for Java does', async () => {
    const { outcome } = await call('arn:aws:states:::sqs:sendMessage', {}, (response) => {
      response.writeHead(400).end('{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no queue"}');
    });
    expect(outcome).toMatchObject({ succeeded: false, error: 'SQS.QueueDoesNotExistException' });
  });
});

describe('DynamoDB', () => {
  const update = 'arn:aws:states:::aws-sdk:dynamodb:updateItem';

  test('parameters and result of UpdateItem are those of the API', async () => {
    const parameters = { TableName: 'jobs', Key: { job_id: { S: 'job-1' } } };
    const { outcome, request } = await call(update, parameters, (response) =>
      response.end('{"Attributes":{}}'),
    );
    expect(request?.headers['x-amz-target']).toBe('DynamoDB_20120810.UpdateItem');
    expect(JSON.parse(request?.body ?? '')).toEqual(parameters);
    expect(outcome).toEqual({ succeeded: true, output: { Attributes: {} } });
  });

  test('names a failed condition after the service', async () => {
    const { outcome } = await call(update, {}, (response) => {
      response
        .writeHead(400)
        .end('{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no"}');
    });
    expect(outcome).toMatchObject({ succeeded: false, error: 'DynamoDb.ConditionalCheckFailedException' });
  });
});

describe('task tokens', () => {
  test('identify their task', () => {
    const ticket = { execution: 12, thread: 3, nonce: 'ab'.repeat(16) };
    expect(parseToken(formatToken(ticket))).toEqual(ticket);
  });

  test.each(['', 'x', Buffer.from('1.2.zz').toString('base64')])('rejects %p', (token) => {
    expect(parseToken(token)).toBeUndefined();
  });
});

test('fields of a task cannot change the action of SNS, and null members are left out', async () => {
  const parameters = { TopicArn: 'arn:t', Message: 'x', Subject: null, Action: 'DeleteTopic', Version: '1' };
  const attributes = { MessageAttributes: { a: { DataType: 'String', StringValue: null } } };
  const { request } = await call(
    'arn:aws:states:::sns:publish',
    { ...parameters, ...attributes },
    (response) => response.end('<MessageId>1</MessageId>'),
  );
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    Action: 'Publish',
    Version: '2010-03-31',
    TopicArn: 'arn:t',
    Message: 'x',
    'MessageAttributes.entry.1.Name': 'a',
    'MessageAttributes.entry.1.Value.DataType': 'String',
  });
});

test('a call made after the thread of the AWS SDK failed has a new thread, which the end of the old one leaves alone', async () => {
  const sdk = new SdkThread();
  const request = {
    client: 'sns',
    action: 'publish',
    naming: 'java',
    unknownAction: '',
    parameters: undefined,
  } as const;
  // No JSON of a definition is like this: it makes the thread throw.
  await expect(sdk.check({ ...request, action: 5 as unknown as string })).rejects.toThrow();
  expect(await sdk.check(request)).toEqual([]);
  sdk.close();
});

describe('tasks that send a request of HTTP', () => {
  const ok = (response: ServerResponse) =>
    response.writeHead(200, 'Fine', { 'Content-Type': 'application/json' }).end('{"a":1}');

  test('http:invoke sends what its fields say to the endpoint', async () => {
    const parameters = {
      ApiEndpoint: 'https://api.example.com/v1/pages?x=1',
      Method: 'PUT',
      Headers: { 'X-Trace': 'on' },
      QueryParameters: { tag: ['a', 'b'] },
      RequestBody: { name: 'Lan', list: [1, 2] },
      Transform: { RequestBodyEncoding: 'URL_ENCODED', RequestEncodingOptions: { ArrayFormat: 'REPEAT' } },
    };
    const { outcome, request } = await call('arn:aws:states:::http:invoke', parameters, ok);
    expect(request).toMatchObject({
      url: '/v1/pages?x=1&tag=a&tag=b',
      headers: {
        ...{ host: 'api.example.com', 'x-trace': 'on' },
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'name=Lan&list=1&list=2',
    });
    expect(request?.headers.authorization).toBeUndefined();
    expect(outcome).toMatchObject({
      output: {
        ResponseBody: { a: 1 },
        StatusCode: 200,
        StatusText: 'Fine',
        Headers: { 'content-type': ['application/json'] },
      },
    });
  });

  /** The examples of the guide's page of HTTP tasks. */
  test('http:invoke encodes a form and sets headers as AWS does', async () => {
    const parameters = {
      ...{
        ApiEndpoint: 'https://example.com/v1',
        Method: 'POST',
        Headers: { 'user-agent': 'mine', Range: 'no' },
      },
      QueryParameters: { q: 'a b' },
      RequestBody: { description: 'Monthly subscription', metadata: { order: 'a', list: ['x', { y: 1 }] } },
      Transform: { RequestBodyEncoding: 'URL_ENCODED' },
    };
    const form = await call('arn:aws:states:::http:invoke', parameters, ok);
    expect(form.request).toMatchObject({
      url: '/v1?q=a%20b',
      headers: { 'user-agent': 'Amazon|StepFunctions|HttpInvoke|us-east-1', range: 'bytes=0-262144' },
      body: 'description=Monthly%20subscription&metadata%5Border%5D=a&metadata%5Blist%5D%5B0%5D=x&metadata%5Blist%5D%5B1%5D%5By%5D=1',
    });
    const { request } = await call('arn:aws:states:::http:invoke', { ...parameters, Transform: null }, ok);
    expect(request?.headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  test.each([
    ['application/octet-stream', 'a'],
    ['image/png', 'a'],
    ['text/plain', Buffer.from([0xff, 0xfe, 0x00])],
  ])('http:invoke fails with States.Runtime for a response of %s that is not text', async (type, body) => {
    const parameters = { ApiEndpoint: 'https://example.com', Method: 'GET' };
    const { outcome } = await call('arn:aws:states:::http:invoke', parameters, (response) =>
      response.writeHead(200, { 'Content-Type': type }).end(body),
    );
    expect(outcome).toMatchObject({ succeeded: false, error: 'States.Runtime' });
  });

  test('a response is read in its charset', async () => {
    const parameters = { ApiEndpoint: 'https://example.com', Method: 'GET' };
    const { outcome } = await call('arn:aws:states:::http:invoke', parameters, (response) =>
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=ISO-8859-1' }).end(Buffer.from([0xe9])),
    );
    expect(outcome).toMatchObject({ output: { ResponseBody: 'é' } });
  });

  test('apigateway:invoke joins stage and path; its errors have the status as their name', async () => {
    const parameters = {
      ApiEndpoint: 'abc.execute-api.us-east-1.amazonaws.com',
      Stage: 'prod',
      Path: '/p',
      Method: 'GET',
    };
    const arn = 'arn:aws:states:::apigateway:invoke';
    const { outcome, request } = await call(arn, parameters, (response) => response.writeHead(403).end('no'));
    expect(request).toMatchObject({ url: '/prod/p', headers: { host: parameters.ApiEndpoint } });
    expect(outcome).toEqual({ succeeded: false, error: 'ApiGateway.403', cause: 'no' });
  });

  test.each(['apigateway', 'http'])(
    '%s:invoke lists the values of a header that came in two lines',
    async (service) => {
      const twice = (response: ServerResponse) => response.writeHead(200, { key: ['a', 'b, c'] }).end();
      const given = { ApiEndpoint: 'https://api.example.com', Method: 'GET' };
      const { outcome } = await call(`arn:aws:states:::${service}:invoke`, given, twice);
      expect(outcome).toMatchObject({ output: { Headers: { key: ['a', 'b, c'] } } });
    },
  );

  test('apigateway:invoke does not send null, unless it is allowed', async () => {
    const RequestBody = { a: null, b: [null, { c: null, d: 1 }] };
    const parameters = {
      ApiEndpoint: 'abc.execute-api.us-east-1.amazonaws.com',
      Method: 'POST',
      RequestBody,
    };
    const arn = 'arn:aws:states:::apigateway:invoke';
    expect((await call(arn, parameters, ok)).request?.body).toBe('{"b":[null,{"d":1}]}');
    const allowed = await call(arn, { ...parameters, AllowNullValues: true }, ok);
    expect(allowed.request?.body).toBe(JSON.stringify(RequestBody));
  });

  /** The guide's page of API Gateway: its example has a GET with a body, and bodies are for three methods. */
  test('apigateway:invoke sends a body with PATCH, POST and PUT only', async () => {
    const arn = 'arn:aws:states:::apigateway:invoke';
    const parameters = { ApiEndpoint: 'abc.execute-api.us-east-1.amazonaws.com', RequestBody: { a: 1 } };
    const bodyOf = async (Method: string) => (await call(arn, { ...parameters, Method }, ok)).request?.body;
    expect(await bodyOf('PATCH')).toBe('{"a":1}');
    expect(await bodyOf('GET')).toBe('');
  });

  test.each([
    [{ Method: 'get' }, 'The field "Method" must be one of GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS'],
    [
      { Method: 'GET', Headers: { 'X-Amzn-Trace': 'a', Via: 'b', Own: 'c' } },
      'The header "X-Amzn-Trace" is not permitted, The header "Via" is not permitted',
    ],
    [{ Method: 'GET', AuthType: 'NONE' }, 'The field "AuthType" must be one of NO_AUTH'],
    [{ Method: 'GET', QueryParameters: 'a=1' }, "The value for the field 'QueryParameters' must be a MAP"],
  ])('apigateway:invoke is not started with %j', (given, problem) => {
    const parameters = { ApiEndpoint: 'abc.execute-api.us-east-1.amazonaws.com', ...given };
    expect(() => checkFields('apigateway', 'invoke', parameters, 'Parameters')).toThrow(problem);
  });

  test('http:invoke is not started with a header that AWS does not permit', () => {
    const parameters = {
      ApiEndpoint: 'https://a.example',
      Method: 'TRACE',
      Headers: { Authorization: 'x', 'X-Amzn-A': 'b' },
    };
    expect(() => checkFields('http', 'invoke', parameters, 'Parameters')).toThrow(
      'The field "Method" must be one of GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS, The header "Authorization" is not permitted, The header "X-Amzn-A" is not permitted',
    );
  });

  test.each([
    ['dynamodb', 'putItem', { Item: { id: { S: { a: 1 } } } }, 'S'],
    ['dynamodb', 'updateItem', { Key: { id: { M: { a: { L: [{ N: 5 }] } } } } }, 'N'],
    ['dynamodb', 'getItem', { TableName: 1, Key: {} }, 'TableName'],
    ['lambda', 'invoke', { FunctionName: ['f'] }, 'FunctionName'],
  ])('%s:%s is not started with %j', (service, action, given, field) => {
    expect(() => checkFields(service, action, { TableName: 't', ...given }, 'Parameters')).toThrow(
      `The value for the field '${field}' must be a STRING`,
    );
  });

  test.each([
    [{ Input: {} }, 'The field "StateMachineArn" is required but was missing'],
    [{ StateMachineArn: 'm', input: {} }, 'The field "input" is not supported by Step Functions'],
    [{ StateMachineArn: 'm', Name: 5 }, "The value for the field 'Name' must be a STRING"],
  ])('states:startExecution.sync is not started with %j', (given, problem) => {
    expect(() => checkFields('states', 'startExecution.sync', given, 'Parameters')).toThrow(problem);
  });

  test.each([
    ['dynamodb', 'putItem', { Item: { id: 1 } }, 'id'],
    ['dynamodb', 'getItem', { Key: 'a' }, 'Key'],
    ['aws-sdk:dynamodb', 'putItem', { Item: { id: 'a' } }, 'id'],
    ['aws-sdk:dynamodb', 'putItem', { Item: { id: { M: { deep: 1 } } } }, 'deep'],
  ])('%s:%s is not started with %j: an attribute is an object', (service, action, given, field) => {
    expect(() => checkFields(service, action, { TableName: 't', ...given }, 'Parameters')).toThrow(
      `The value for the field '${field}' must be a MAP`,
    );
  });

  test('dynamodb:putItem takes a text alone as an attribute of type S, also in a map or a list, and leaves out null', async () => {
    const given = {
      TableName: 't',
      Item: {
        id: 'a',
        none: null,
        map: { M: { text: 'b' } },
        list: { L: ['c', { N: '1' }] },
        set: { SS: ['d'] },
      },
    };
    expect(() => checkFields('dynamodb', 'putItem', given, 'Parameters')).not.toThrow();
    const { request } = await call('arn:aws:states:::dynamodb:putItem', given, ok);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      TableName: 't',
      Item: {
        id: { S: 'a' },
        map: { M: { text: { S: 'b' } } },
        list: { L: [{ S: 'c' }, { N: '1' }] },
        set: { SS: ['d'] },
      },
    });
  });

  test('aws-sdk:dynamodb writes numbers as text where DynamoDB takes text', async () => {
    const given = {
      TableName: 't',
      Key: { N: { N: 5 } },
      ExpressionAttributeValues: { ':a': { NS: [1, '2'] } },
    };
    expect(() => checkFields('aws-sdk:dynamodb', 'getItem', given, 'Parameters')).not.toThrow();
    const { request } = await call('arn:aws:states:::aws-sdk:dynamodb:getItem', given, ok);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      TableName: 't',
      Key: { N: { N: '5' } },
      ExpressionAttributeValues: { ':a': { NS: ['1', '2'] } },
    });
  });

  test('aws-sdk:dynamodb writes texts of numbers and booleans as DynamoDB takes them', async () => {
    const given = {
      TableName: 't',
      Key: { N: { N: 5 } },
      ScanIndexForward: 'False',
      Limit: '5',
    };
    expect(() => checkFields('aws-sdk:dynamodb', 'getItem', given, 'Parameters')).not.toThrow();
    const { request } = await call('arn:aws:states:::aws-sdk:dynamodb:getItem', given, ok);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      TableName: 't',
      Key: { N: { N: '5' } },
      ScanIndexForward: false,
      Limit: 5,
    });
  });

  test('http:invoke without a response in time is States.Http.Socket', async () => {
    const { url, server } = await listen(() => {});
    const client = createServiceClient();
    const target = targetOf(parseResource('arn:aws:states:::http:invoke') as Resource);
    const service = { client, endpoint: url, region: 'us-east-1' };
    const parameters = { ApiEndpoint: 'https://example.com', Method: 'GET' };
    expect(await callHttpTask(service, target, parameters, { limitMs: 10 })).toMatchObject({
      error: 'States.Http.Socket',
    });
    client.close();
    await stopServer(server);
  });

  test('errors of http:invoke are named as AWS names them', async () => {
    const parameters = { ApiEndpoint: 'https://example.com', Method: 'GET' };
    const http = 'arn:aws:states:::http:invoke';
    const notFound = await call(http, parameters, (response) => response.writeHead(404).end('gone'));
    expect(notFound.outcome).toEqual({
      succeeded: false,
      error: 'States.Http.StatusCode.404',
      cause: 'gone',
    });
    const cut = await call(http, parameters, (response) => response.destroy());
    expect(cut.outcome).toMatchObject({ error: 'States.Http.Socket' });
  });
});
