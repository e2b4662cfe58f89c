import type { ShownMessage } from '../../model/messages.ts';
import { Empty, FetchState, Time } from '../parts/basics.tsx';
import { useResource } from '../use-resource.ts';

export function MessagesView() {
  const { value, error } = useResource<ShownMessage[]>('/api/messages', ['messages']);
  return (
    <main>
      <h1>Messages</h1>
      <p class="quiet">Messages that the pipeline sent to its SNS topics. On AWS they reach your mailbox.</p>
      <FetchState value={value} error={error} />
      {value?.length === 0 && <Empty title="No messages: nothing went wrong." />}
      {value?.map(({ id, time, topicArn, subject, text }) => (
        <article key={id} class="panel message">
          <header class="panel-head">
            <h2>{subject || 'No subject'}</h2>
            <span class="quiet">
              {topicArn.split(':').at(-1)} · <Time of={time} />
            </span>
          </header>
          <p class="text">{text}</p>
        </article>
      ))}
    </main>
  );
}
