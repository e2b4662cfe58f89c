/**
 * A cloud that debuggers can attach to, in its own process: Node's inspector is opened for a whole process. Its folder
 * has `function.ts`, `launch.ts` and `machine.ts`; an instance of EC2 runs the machine with its user data as TASK.
 */
import { join } from 'node:path';
import { startCloud } from '../cloud.ts';

export interface CloudOrder {
  /** Sets the speed of the clock. */
  speed: number;
}
export interface CloudReady {
  endpoint: string;
  ports: Record<string, number>;
}

const [folder = '', port, timeout] = process.argv.slice(2);
const cloud = await startCloud({
  stateDirectory: join(folder, 'state'),
  functions: ['function', 'launch'].map((name) => ({
    name,
    file: join(folder, `code/${name}.ts`),
    timeout: Number(timeout),
  })),
  programOf: ({ userData }) => ({
    name: 'machine',
    main: join(folder, 'code/machine.ts'),
    environment: { TASK: userData },
  }),
  inspect: { port: Number(port), wait: true, programs: ['machine'] },
  reload: { paths: [join(folder, 'code')] },
  observer: { reloaded: () => process.send?.('reloaded') },
});
await cloud.watching;
process.on('message', ({ speed }: CloudOrder) => cloud.clock.setSpeed(speed));
process.on('disconnect', () => void cloud.close().then(() => process.exit()));
process.send?.({
  endpoint: cloud.endpoint,
  ports: Object.fromEntries(cloud.inspectorPorts),
} satisfies CloudReady);
