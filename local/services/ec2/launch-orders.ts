/** What the cloud tells the process of an instance before it loads the worker. */
export interface LaunchOrders {
  /** URLs of files with the text to load instead of what the disk has: that one can't be used. */
  texts: readonly (readonly [string, string])[];
}
