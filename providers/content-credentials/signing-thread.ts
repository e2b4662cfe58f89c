/** The code of a thread that signs one video. The library keeps its memory until the thread ends. */
import { closeSync, fstatSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import load, { WasmBuilder } from '@contentauth/c2pa-wasm';
import { coseSignature, reservedBytes } from './cose-signature.ts';
import type { SigningIdentity } from './signing-identity.ts';

export interface SigningOrder {
  /** An MP4 file. */
  file: string;
  /** The file for the signed video. */
  signed: string;
  /** What the manifest says. */
  manifest: object;
  identity: SigningIdentity;
}

/** Part of a file, as the library reads it: by `size`, `slice`, and the `FileReaderSync` of a browser's thread. */
class FilePart extends Blob {
  override readonly size: number;
  readonly #file: number;
  readonly #from: number;

  constructor(file: number, from: number, to: number) {
    super([]);
    this.#file = file;
    this.#from = from;
    this.size = to - from;
  }

  override slice(from = 0, to = this.size): FilePart {
    return new FilePart(this.#file, this.#from + from, this.#from + Math.min(this.size, to));
  }

  read(): ArrayBuffer {
    const bytes = new Uint8Array(this.size);
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(this.#file, bytes, at, bytes.length - at, this.#from + at);
      if (count === 0) throw new Error(`it ended while it was read, at ${this.#from + at} bytes`);
      at += count;
    }
    return bytes.buffer;
  }
}

Object.assign(globalThis, {
  FileReaderSync: class {
    readAsArrayBuffer = (part: FilePart) => part.read();
  },
});

async function sign({ file, signed, manifest, identity }: SigningOrder): Promise<void> {
  const library = createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm');
  await load({ module_or_path: readFileSync(library) });
  const video = openSync(file, 'r');
  try {
    const signer = {
      alg: identity.algorithm,
      reserveSize: reservedBytes(identity),
      sign: async (claim: Uint8Array) => Uint8Array.from(coseSignature(claim, identity)),
    };
    const whole = new FilePart(video, 0, fstatSync(video).size);
    const builder = WasmBuilder.fromJson(JSON.stringify(manifest));
    writeFileSync(signed, await builder.sign(signer, [], 'video/mp4', whole));
  } finally {
    closeSync(video);
  }
}

sign(workerData as SigningOrder).then(
  () => parentPort?.postMessage({ signed: true }),
  (error: unknown) =>
    parentPort?.postMessage({ failure: String(error instanceof Error ? error.message : error) }),
);
