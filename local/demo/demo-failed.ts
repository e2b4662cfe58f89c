/** The demo can't go on; the message is all that its user needs to read. */
export class DemoFailed extends Error {
  override readonly name = 'DemoFailed';
}
