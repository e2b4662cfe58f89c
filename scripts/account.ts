/** Checks, before anything is built, that a deployment command works on an account, and prints which one. */
import { chooseStage, enterCloud } from './cloud.ts';

try {
  await enterCloud(chooseStage(process.env));
} catch (error) {
  console.error(`account: ${(error as Error).message}`);
  process.exitCode = 1;
}
