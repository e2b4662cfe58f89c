import { useState } from 'preact/hooks';
import type { PartVoice, SeriesCast } from '../../../../domain/cast.ts';
import type { ShownSeries } from '../../model/series.ts';
import { act } from '../api.ts';
import { Link } from '../navigation.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Empty, FetchState, Time } from '../parts/basics.tsx';
import { JsonInput, jsonProblem } from '../parts/json-input.tsx';
import { say } from '../parts/notices.tsx';
import { type Column, showTime, Table, valueColumn } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

const pathOf = (id: string) => `/series/${encodeURIComponent(id)}`;
const count = (title: string, field: 'published' | 'at_work' | 'held' | 'failed'): Column<ShownSeries> =>
  valueColumn(title, field, (one) => one[field], { right: true });

const columns: readonly Column<ShownSeries>[] = [
  {
    title: 'Series',
    by: 'title',
    value: ({ id, title }) => title || id,
    wide: true,
    cell: ({ id, title }) => (
      <>
        <Link to={pathOf(id)}>{title || id}</Link> {title && <small>{id}</small>}
      </>
    ),
  },
  count('Published', 'published'),
  count('At work', 'at_work'),
  count('Waiting for you', 'held'),
  count('Failed', 'failed'),
  valueColumn('Last scheduled', 'publish_at', ({ publish_at }) => publish_at, { show: showTime }),
  valueColumn('Settings', 'settings', ({ settings }) => settings && 'its own'),
];

const useSeries = () => useResource<ShownSeries[]>('/api/series', ['jobs', 'library']);

export function SeriesListView() {
  const { value, error } = useSeries();
  return (
    <main>
      <h1>Series</h1>
      <p class="quiet">
        What became of the chapters of each series. A series has the settings of its stage, except those that
        you choose for it.
      </p>
      <FetchState value={value} error={error} />
      {value?.length === 0 && <Empty title="No series has a job yet." />}
      {value && value.length > 0 && (
        <Table label="Series" columns={columns} rows={value} keyOf={({ id }) => id} sortable />
      )}
    </main>
  );
}

export function SeriesView({ id }: { id: string }) {
  const { value, error } = useSeries();
  const one = value?.find((series) => series.id === id);
  return (
    <main>
      <h1>{one?.title || id}</h1>
      <FetchState value={value} error={error} />
      {one?.publish_at && (
        <p>
          Its last scheduled video becomes public <Time of={one.publish_at} />.
        </p>
      )}
      {value && <Settings id={id} stored={one?.settings ?? '{}'} />}
      <Cast id={id} />
    </main>
  );
}

type Member = SeriesCast['members'][number];

const signed = (value: number) => (value > 0 ? `+${value}` : `${value}`);
const soundOf = ({ speaker, rate, pitch }: PartVoice) =>
  `${speaker}, pace ${signed(rate)} %, pitch ${signed(pitch)}`;

const castColumns: readonly Column<Member>[] = [
  valueColumn('Character', 'name', ({ name }) => name),
  {
    title: 'Voice of each provider',
    wide: true,
    cell: ({ voices }) => (
      <>
        {Object.entries(voices).map(([provider, part]) => (
          <div key={provider}>
            {provider}: {soundOf(part)}
          </div>
        ))}
      </>
    ),
  },
];

/** The voices that the characters keep. */
function Cast({ id }: { id: string }) {
  const { value, error } = useResource<Member[]>(`/api${pathOf(id)}/cast`, ['jobs']);
  if (!value || value.length === 0) return error ? <FetchState value={value} error={error} /> : null;
  return (
    <section class="panel">
      <h2>Cast</h2>
      <Table label="Cast" columns={castColumns} rows={value} keyOf={({ name }) => name} />
      <p class="quiet">
        Each character keeps the voice. To choose another one from the next video on, name it in the settings:{' '}
        <code>
          {
            '{ "cast": { "Lan": { "voices": { "edge": { "speaker": "vi-VN-HoaiMyNeural", "pitch": 25 } } } } }'
          }
        </code>
      </p>
    </section>
  );
}

function Settings({ id, stored }: { id: string; stored: string }) {
  const [text, setText] = useState(stored);
  const save = async () => {
    const body = { settings: JSON.parse(text) as unknown };
    const { notes } = await act<{ notes: string[] }>('PUT', `/api${pathOf(id)}`, body);
    say(['Saved: the next step of its chapters uses it.', ...notes].join(' '));
  };
  return (
    <section class="panel">
      <JsonInput label="Settings" value={text} onInput={setText} />
      <div class="actions">
        <ActionButton onAct={save} tone="primary" disabled={jsonProblem(text) !== undefined}>
          Save
        </ActionButton>
      </div>
      <p class="quiet">
        For example{' '}
        <code>{'{ "music": "calm", "readingDirection": "rtl", "youtubePublishAt": "19:30" }'}</code>.
        docs/series.md lists all settings of a series. They win over those in manga-pipeline.json beside its
        chapters, which this page does not show.
      </p>
    </section>
  );
}
