import { account, startUnderTest, type UnderTest } from '../testing/under-test.ts';
import { createEventBus, type EventBus } from './bus.ts';
import { matches } from './pattern.ts';
import { createEventsService } from './service.ts';

let cloud: UnderTest;
let bus: EventBus;
let invoked: [string, Record<string, unknown>][];

beforeAll(async () => {
  cloud = await startUnderTest();
  bus = createEventBus({
    account,
    log: cloud.log,
    invoke: async (name, payload) => {
      if (name === 'broken') throw new Error('no such function');
      invoked.push([name, JSON.parse(payload)]);
    },
  });
  bus.setRules([
    {
      name: 'gone',
      pattern: { source: ['aws.ec2'], detail: { state: ['terminated', 'stopped'] } },
      functions: ['broken', 'callback'],
    },
  ]);
  cloud.gateway.serve('events', createEventsService(bus));
});
beforeEach(() => {
  invoked = [];
});
afterAll(() => cloud.end());

const gone = { source: 'aws.ec2', detailType: 'Change', detail: { state: 'stopped' }, resources: ['arn:x'] };

describe('the event bus', () => {
  test('delivers the whole event to the functions of every matching rule', async () => {
    const { eventId } = await bus.publish({ ...gone, time: new Date('2026-01-02T03:04:05.678Z') });
    expect(invoked).toEqual([
      [
        'callback',
        {
          version: '0',
          id: eventId,
          'detail-type': 'Change',
          source: 'aws.ec2',
          account: '123456789012',
          time: '2026-01-02T03:04:05Z',
          region: 'us-east-1',
          resources: ['arn:x'],
          detail: { state: 'stopped' },
        },
      ],
    ]);
    expect(cloud.lines.at(-1)?.text).toBe('gone → broken: no such function');
  });

  test('does not deliver other events', async () => {
    await bus.publish({ ...gone, detail: { state: 'running' } });
    await bus.publish({ ...gone, source: 'other' });
    expect(invoked).toEqual([]);
  });

  test('accepts events over HTTP', async () => {
    const put = (Entries: unknown[]) =>
      fetch(cloud.endpoint, {
        method: 'POST',
        headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
        body: JSON.stringify({ Entries }),
      }).then((response) => response.json());
    const entry = { Source: 'aws.ec2', DetailType: 'Change' };
    expect(
      await put([
        { ...entry, Detail: '{"state":"stopped"}' },
        { ...entry, Detail: '{' },
      ]),
    ).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
    });
    expect(invoked).toHaveLength(1);
    expect(await put([])).toMatchObject({ __type: 'ValidationException' });
  });
});

test.each([
  [{ a: ['x', 'y'] }, { a: 'y' }, true],
  [{ a: ['x'] }, { a: ['z', 'x'] }, true],
  [{ a: { b: [1] } }, { a: { b: 1 } }, true],
  [{ a: { b: [1] } }, { a: 'b' }, false],
  [{ a: { b: [1] } }, { a: null }, false],
  [{ a: [null] }, { a: null }, true],
  [{ a: ['x'] }, {}, false],
])('the pattern %o against %o is %p', (pattern, event, expected) => {
  expect(matches(pattern, event)).toBe(expected);
});

test('a pattern can exclude values of a field', () => {
  const pattern = { detail: { redriveCount: [{ 'anything-but': [0] }] } };
  const counted = (detail: object) => matches(pattern, { detail });
  expect([counted({ redriveCount: 2 }), counted({ redriveCount: 0 }), counted({})]).toEqual([
    ...[true, false, false],
  ]);
});
