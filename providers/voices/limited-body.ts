/** Reads a response's body; rejects when it is truncated or longer than `most` bytes. */
export async function limitedBody(response: Response, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > most) throw new Error('the response is too long');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
