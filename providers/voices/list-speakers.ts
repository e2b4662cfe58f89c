import { edgeClient, securityToken } from './edge-token.ts';
import { limitedBody } from './limited-body.ts';
import { type MicrosoftSpeaker, parseSpeakers } from './microsoft-speakers.ts';

const timeoutMs = 10_000;
/** Azure's list of 600 speakers has 600 kB. */
const longestList = 16 * 1024 * 1024;

async function listAt(address: URL, headers: Record<string, string>): Promise<MicrosoftSpeaker[]> {
  const response = await fetch(address, {
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`the list of speakers was refused with ${response.status}`);
  return parseSpeakers(JSON.parse((await limitedBody(response, longestList)).toString()));
}

/** Asks Edge's service, which is next to its WebSocket endpoint. */
export function listEdgeSpeakers(endpoint: string = edgeClient.endpoint): Promise<MicrosoftSpeaker[]> {
  const address = new URL(endpoint.replace(/^ws/, 'http').replace(/\/edge\/v1$/, '/voices/list'));
  address.searchParams.set('trustedclienttoken', edgeClient.trustedToken);
  address.searchParams.set('Sec-MS-GEC', securityToken(Date.now()));
  address.searchParams.set('Sec-MS-GEC-Version', edgeClient.version);
  return listAt(address, { 'User-Agent': edgeClient.userAgent });
}

/** Asks the region of an Azure Speech resource. */
export const listAzureSpeakers = (endpoint: string, key: string): Promise<MicrosoftSpeaker[]> =>
  listAt(new URL('/cognitiveservices/voices/list', endpoint), {
    'Ocp-Apim-Subscription-Key': key,
    'User-Agent': 'manga-pipeline',
  });
