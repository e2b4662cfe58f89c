/** A port that cannot be opened, usually because another program has it. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  readonly use: 'endpoint' | 'debugger';

  constructor(use: 'endpoint' | 'debugger', message: string, cause: unknown) {
    super(message, { cause });
    this.use = use;
  }
}
