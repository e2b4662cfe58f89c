/** The bundles can't be what they must be; the message is for the one who typed `make bundle`. */
export class BundleRefused extends Error {
  override readonly name = 'BundleRefused';
}
