/** Requests to the console's server. The token comes with the address and stays in this browser. */

const kept = 'console-token';

export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Removes the token from the address, where it could be seen or copied. */
function takeToken(): string {
  const given = /^#token=([\w-]+)/.exec(location.hash)?.[1];
  if (given) {
    localStorage.setItem(kept, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return given ?? localStorage.getItem(kept) ?? '';
}
const token = takeToken();

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  let message = text;
  try {
    ({ message } = JSON.parse(text) as { message: string });
  } catch {
    // The stored value is not from the console.
  }
  throw new ApiError(response.status, message || response.statusText);
}

/** Exchanges the token for the cookie that images, audio and event streams send. */
export async function openSession(): Promise<void> {
  await act('POST', '/api/session');
}

export async function read<T>(path: string): Promise<T> {
  return (await bodyOf(await fetch(path))) as T;
}

/** Requests a picture and returns it as an address that the page's policy allows. */
export async function pictureOf(path: string, body: object): Promise<string> {
  const headers = { 'x-console-token': token };
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) await bodyOf(response);
  const blob = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

export async function act<T = unknown>(
  method: 'POST' | 'PUT',
  path: string,
  body?: object | Blob,
): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: { 'x-console-token': token },
    ...(body && { body: body instanceof Blob ? body : JSON.stringify(body) }),
  });
  return (await bodyOf(response)) as T;
}
