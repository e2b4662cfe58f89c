import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Starts STS on a free port. With `environment`, a program takes the services at `endpoint` for an account's: there is
 * one variable per service, since AWS_ENDPOINT_URL would mean a local cloud.
 */
export async function startFakeAccount(endpoint: string, services: readonly string[]) {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'text/xml');
    response.end(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
        '<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sts = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: '1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_STS: sts,
      ...Object.fromEntries(services.map((name) => [`AWS_ENDPOINT_URL_${name}`, endpoint])),
    },
    close: () => void server.close(),
  };
}
