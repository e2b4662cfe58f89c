/** The part of Lambda's context that this project uses. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}
