/** The bundles are not valid; the message is for the person who ran `make bundle`. */
export class BundleRefused extends Error {
  override readonly name = 'BundleRefused';
}
