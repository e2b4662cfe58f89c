/**
 * Turns a network of tesseract's published data, whose weights are 8-bit integers, into one with floating-point weights, which
 * lstmtraining can continue from. The layout is that of `Network::Serialize` and its subclasses in Tesseract 5 (src/lstm).
 * The weights are as exact as the integers were, and the network reads the same.
 */
export function floatNetwork(network: Buffer): Buffer {
  const reader = new Copier(network);
  copyLayer(reader);
  reader.text();
  const flags = reader.take(4).readInt32LE();
  const float = Buffer.alloc(4);
  float.writeInt32LE(flags & ~integerNetwork);
  reader.put(float);
  return reader.rest();
}

/** `TF_INT_MODE` of a network's training flags, `kInt8Flag` of a matrix's mode. */
const integerNetwork = 1;
const integerWeights = 1;
/** `NF_LAYER_SPECIFIC_LR` of a layer's flags: a learning rate for each of its parts follows. */
const ownRates = 64;

const composed = new Set(['Series', 'Parallel', 'RTLReversed', 'TTBReversed', 'XYTranspose']);
/** Bytes of layers without weights. */
const sizes: Readonly<Record<string, number>> = { Input: 20, Convolve: 8, Maxpool: 8, Reconfig: 8 };
/** Matrices of a layer: the gates of an LSTM, the weights of any other. */
const gates = 4;
const matrices: Readonly<Record<string, number>> = {
  ...{ LSTM: gates, SummLSTM: gates },
  ...{ Tanh: 1, Relu: 1, Logistic: 1, Linear: 1, Softmax: 1 },
};

function copyLayer(reader: Copier): void {
  if (reader.bytes(1)[0] !== 0) throw new Error('The network is older than Tesseract 4');
  const type = reader.text();
  // Whether it is trained, and whether it passes errors back.
  reader.bytes(2);
  const flags = reader.number();
  // Its inputs, outputs and weights.
  reader.bytes(12);
  reader.text();
  if (composed.has(type)) {
    for (let left = reader.number(); left > 0; left--) copyLayer(reader);
    if (flags & ownRates) reader.bytes(4 * reader.number());
    return;
  }
  const [size, count] = [sizes[type], matrices[type]];
  if (size !== undefined) reader.bytes(size);
  else if (count === undefined) throw new Error(`Layers of type ${type} are not supported`);
  else {
    // The number of inputs with those of the state.
    if (count === gates) reader.bytes(4);
    for (let left = count; left > 0; left--) copyWeights(reader);
  }
}

/** Copies a matrix; each row has a factor. */
function copyWeights(reader: Copier): void {
  const mode = reader.take(1).readUInt8();
  if (!(mode & integerWeights)) throw new Error('The network has floating-point weights already');
  reader.put(Buffer.from([mode & ~integerWeights]));
  const [rows, columns] = [reader.number(), reader.number()];
  // The value of empty cells.
  reader.take(1);
  reader.put(Buffer.alloc(8));
  const integers = reader.take(rows * columns);
  const factors = reader.take(8 * reader.take(4).readUInt32LE());
  const weights = Buffer.alloc(8 * rows * columns);
  for (let row = 0; row < rows; row++) {
    const factor = factors.readDoubleLE(8 * row);
    for (let at = row * columns; at < (row + 1) * columns; at++)
      weights.writeDoubleLE(integers.readInt8(at) * factor, 8 * at);
  }
  reader.put(weights);
}

/** Reads bytes one after another, and collects what is written. */
class Copier {
  readonly #from: Buffer;
  readonly #to: Buffer[] = [];
  #at = 0;

  constructor(from: Buffer) {
    this.#from = from;
  }

  take(count: number): Buffer {
    if (this.#at + count > this.#from.length) throw new Error('The network is incomplete');
    this.#at += count;
    return this.#from.subarray(this.#at - count, this.#at);
  }

  put(bytes: Buffer): void {
    this.#to.push(bytes);
  }

  bytes(count: number): Buffer {
    const taken = this.take(count);
    this.put(taken);
    return taken;
  }

  number(): number {
    return this.bytes(4).readUInt32LE();
  }

  text(): string {
    return this.bytes(this.number()).toString('latin1');
  }

  rest(): Buffer {
    return Buffer.concat([...this.#to, this.#from.subarray(this.#at)]);
  }
}
