/** Makes lambda-live-debugger's calls to Lambda, at AWS_ENDPOINT_URL_LAMBDA. */
const { default: config } = await import(`${process.cwd()}/lldebugger.config.ts`);
const mapping: { functionName: string }[] = await config.getLambdas();
const isRemoval = process.argv.includes('--remove');
for (const { functionName } of mapping) {
  const address = `${process.env.AWS_ENDPOINT_URL_LAMBDA}/2015-03-31/functions/${functionName}/configuration`;
  const before = (await (await fetch(address)).json()) as {
    Environment: { Variables: Record<string, string> };
  };
  const { LLD_FUNCTION_ID: _, ...own } = before.Environment.Variables;
  const Layers = isRemoval ? [] : ['arn:aws:lambda:us-east-1:123456789012:layer:LambdaLiveDebugger:7'];
  const Variables = isRemoval ? own : { ...own, LLD_FUNCTION_ID: 'x' };
  await fetch(address, { method: 'PUT', body: JSON.stringify({ Layers, Environment: { Variables } }) });
}
console.log(isRemoval ? 'Lambda Live Debugger removed!' : 'Debugger started!');
if (!isRemoval) {
  if (process.env.FAKE_DEBUGGER === 'crash') process.abort();
  setInterval(() => undefined, 1000);
}
