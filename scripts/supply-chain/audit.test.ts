import { auditAnswer, readAudit } from './audit.ts';

const answer = (printed: unknown) =>
  auditAnswer(
    readAudit(
      typeof printed === 'string' ? printed : JSON.stringify(printed),
      (folder) => !/dynalite/.test(folder),
    ),
  );

test('reports a missing response with its cause and what to do, not as success', () => {
  const refusal = {
    message: '405 Method Not Allowed - POST https://mirror/-/npm/v1/security',
    statusCode: 405,
  };
  expect(answer(refusal)).toEqual({
    text: expect.stringMatching(/did not respond.*405 Method Not Allowed.*\naudit: .*npm_config_registry=/),
    status: 3,
  });
  expect(answer('').status).toBe(3);
  expect(answer({ vulnerabilities: {}, metadata: {} })).toEqual({
    text: 'audit: no known vulnerabilities in what is deployed',
    status: 0,
  });
});

test('names the deployed package, the vulnerability and its advisory', () => {
  const via = [{ title: 'Prototype pollution', url: 'https://github.com/advisories/GHSA-1', source: 1 }];
  const vulnerabilities = {
    yauzl: { severity: 'high', range: '<3.4.1', via, effects: ['reader'], fixAvailable: true },
    reader: { severity: 'high', range: '*', via: ['yauzl'], nodes: ['node_modules/reader'] },
    dynalite: { severity: 'high', range: '*', via, nodes: ['node_modules/dynalite'] },
  };
  expect(answer({ auditReportVersion: 2, vulnerabilities })).toEqual({
    text: [
      'audit: yauzl <3.4.1 (high): Prototype pollution, https://github.com/advisories/GHSA-1',
      'audit: reader * (high): through yauzl',
    ].join('\n'),
    status: 1,
  });
});
