/** The demo cannot continue; its user only sees the message. */
export class DemoFailed extends Error {
  override readonly name = 'DemoFailed';
}
