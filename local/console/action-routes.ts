/** Routes of all actions of the page. */
import { Readable } from 'node:stream';
import * as z from 'zod';
import { PreviewRequest } from '../../domain/preview.ts';
import { sampleArchive, sampleName } from '../sample.ts';
import { Edits, editHeld } from './actions/edit-script.ts';
import { startExecution } from './actions/executions.ts';
import { addChapter } from './actions/library.ts';
import { replay } from './actions/replay.ts';
import { rerun } from './actions/rerun.ts';
import { giveVerdict, Verdict } from './actions/review.ts';
import { runFrom } from './actions/run-from.ts';
import { Refusal, readJson, send } from './responses.ts';
import type { Asked, Routes } from './router.ts';
import type { RoutePorts } from './routes.ts';

const ByArn = z.object({ arn: z.string().startsWith('arn:') });
const Start = z.object({
  machine: z.string().min(1),
  input: z.string().default('{}'),
  name: z.string().optional(),
});
const AtEvent = ByArn.extend({ event: z.int().positive() });
const Picture = PreviewRequest.required().omit({ job_id: true });
const From = AtEvent.extend({ input: z.string().optional() });

async function bodyOf<T>(schema: z.ZodType<T>, { request }: Asked): Promise<T> {
  const parsed = schema.safeParse(await readJson(request));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(400, `${issue?.path.join('.')}: ${issue?.message}`);
}

export function actionRoutes(ports: RoutePorts): Routes {
  const { cloud, access, config, executions, functions, jobs, preview, series } = ports;
  return {
    'POST /api/executions/start': async (asked) => ({
      arn: await startExecution(await bodyOf(Start, asked), ports),
    }),
    'POST /api/executions/stop': async (asked) => {
      const { arn } = await bodyOf(ByArn, asked);
      await access.states('StopExecution', { executionArn: arn, cause: 'Stopped from the console' });
      return {};
    },
    'POST /api/executions/redrive': async (asked) => {
      const { arn } = await bodyOf(ByArn, asked);
      await access.states('RedriveExecution', { executionArn: arn });
      return {};
    },
    'POST /api/executions/from': async (asked) => {
      const { arn, ...start } = await bodyOf(From, asked);
      return { arn: await runFrom(await executions.details(arn), start, ports) };
    },
    // The actions that `make` commands send to the cloud, under the same names.
    'POST /api/control/:action': async ({ parameters, request }) =>
      (await cloud.control.run(parameters.action ?? '', await readJson(request))) ?? {},
    'POST /api/functions/:name/again': async (asked) => {
      const { requestId } = await bodyOf(z.object({ requestId: z.string() }), asked);
      const { name = '' } = asked.parameters;
      const before = functions.invocationsOf(name).find((one) => one.requestId === requestId);
      if (!before) throw new Refusal(404, `The invocation ${requestId} is no longer kept`);
      return (await cloud.control.run('invoke', {
        function: name,
        event: JSON.parse(before.event),
        like: requestId,
        beside: true,
      })) as object;
    },
    'POST /api/replay': async (asked) => {
      const { arn, event: id } = await bodyOf(AtEvent, asked);
      const event = executions.event(arn, id);
      if (!event) throw new Refusal(404, `The event ${id} does not exist`);
      return replay(event, cloud);
    },
    'POST /api/jobs/:job/rerun': async (asked) => {
      const { edits } = await bodyOf(Edits, asked);
      return { arn: await rerun(await jobs.named(asked.parameters.job), edits, ports) };
    },
    'POST /api/jobs/:job/script': async (asked) => {
      const { edits } = await bodyOf(Edits, asked);
      await editHeld(await jobs.named(asked.parameters.job), edits, access);
      return {};
    },
    'PUT /api/series/:id': async (asked) => {
      const { settings } = await bodyOf(z.object({ settings: z.unknown() }), asked);
      return { notes: await series.save(asked.parameters.id ?? '', settings) };
    },
    // These change nothing, but they take time of the processor, which a read of a page never does.
    'POST /api/jobs/:job/plan': async (asked) => {
      const { edits } = await bodyOf(Edits, asked);
      const { job_id } = await jobs.named(asked.parameters.job);
      return preview.plan({ job_id, edits });
    },
    'POST /api/jobs/:job/picture': async (asked) => {
      const { edits, picture } = await bodyOf(Picture, asked);
      const { job_id } = await jobs.named(asked.parameters.job);
      send(asked.response, 'image/jpeg', await preview.picture({ job_id, edits, picture }));
    },
    'POST /api/jobs/:job/review': async (asked) => {
      const verdict = await bodyOf(Verdict, asked);
      await giveVerdict(await jobs.named(asked.parameters.job), verdict, ports);
      return {};
    },
    'PUT /api/library/:name': ({ parameters, request }) =>
      addChapter(parameters.name ?? '', request, access, config),
    'POST /api/library/sample': async () =>
      addChapter(sampleName, Readable.from([await sampleArchive()]), access, config),
  };
}
