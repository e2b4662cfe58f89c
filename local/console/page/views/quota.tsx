import type { ComingDay } from '../../../../domain/coming-days.ts';
import type { ChannelDays, ChannelLedger, Ledgers } from '../../model/quota.ts';
import { showJob } from '../navigation.tsx';
import { Empty, FetchState, Status, Time } from '../parts/basics.tsx';
import { type Column, showTime, Table, valueColumn } from '../parts/table.tsx';
import { useResource } from '../use-resource.ts';

export function QuotaView() {
  const { value, error } = useResource<Ledgers>('/api/quota', ['quota']);
  return (
    <main>
      <h1>Quota and ledgers</h1>
      <FetchState value={value} error={error} />
      {value && <Shown ledgers={value} />}
    </main>
  );
}

const columns: readonly Column<Ledgers['chapters'][number]>[] = [
  valueColumn('Chapter', 'chapter', ({ chapter_id }) => chapter_id, { wide: true }),
  {
    title: 'Status',
    by: 'status',
    value: ({ status }) => status,
    cell: ({ status, attempts }) => (
      <>
        <Status of={status} />
        {attempts && <small>{attempts} failed</small>}
      </>
    ),
  },
  valueColumn('Held by', 'job', ({ job_id }) => job_id, { show: showJob }),
  valueColumn('Since', 'since', ({ updated_at }) => updated_at, { show: showTime }),
  valueColumn('Held until, or free from', 'until', ({ retry_at, lease_until }) => retry_at ?? lease_until, {
    show: showTime,
  }),
];

/** Returns a date that stays in one line, however narrow the screen is. */
const showDay = (day: string) => <span class="unbroken">{day}</span>;

const ratio = (used: number, of: number) => `${used.toLocaleString()} of ${of.toLocaleString()}`;

const channelColumns: readonly Column<ChannelLedger>[] = [
  valueColumn('Channel', 'channel', ({ channel }) => channel),
  valueColumn('Day', 'day', ({ today }) => today, { show: showDay }),
  valueColumn('Videos', 'videos', ({ count, dailyQuota }) => ratio(count, dailyQuota), { right: true }),
  valueColumn('Slots', 'slots', ({ slots, dailyQuota }) => ratio(slots, dailyQuota), { right: true }),
  valueColumn(
    'YouTube uploads',
    'uploads',
    ({ youtube }) => youtube && ratio(youtube.uploads, youtube.uploadsPerDay),
    { right: true },
  ),
  valueColumn(
    'YouTube units',
    'units',
    ({ youtube }) => youtube && ratio(youtube.units, youtube.unitsPerDay),
    { right: true },
  ),
  valueColumn('Google project of', 'project', ({ youtube }) => youtube?.project),
  valueColumn('Closed', 'closed', ({ closed }) => closed, { wide: true }),
];

const dayColumns: readonly Column<ComingDay>[] = [
  valueColumn('Day', 'day', ({ day }) => day, { show: showDay }),
  valueColumn('Videos', 'videos', ({ videos }) => videos, { right: true }),
  valueColumn('Become public', 'public', ({ publications }) => publications, { right: true }),
  valueColumn('Uploads', 'uploads', ({ youtube }) => youtube?.needed.uploads.toLocaleString(), {
    right: true,
  }),
  valueColumn('Uploads left', 'uploads left', ({ youtube }) => youtube?.left.uploads.toLocaleString(), {
    right: true,
  }),
  valueColumn('Units', 'units', ({ youtube }) => youtube?.needed.units.toLocaleString(), { right: true }),
  valueColumn('Units left', 'units left', ({ youtube }) => youtube?.left.units.toLocaleString(), {
    right: true,
  }),
  valueColumn('Warning', 'warning', ({ warnings }) => warnings.join('; '), { wide: true }),
];

/** The most that the coming days of each channel can need. */
function Ahead({ ahead }: { ahead: readonly ChannelDays[] }) {
  return (
    <section>
      <h2>Days ahead, at most</h2>
      {ahead.map(({ channel, days }) => (
        <div key={channel}>
          {ahead.length > 1 && <h3>{channel}</h3>}
          <Table
            label={`Days ahead of ${channel}`}
            columns={dayColumns}
            rows={days}
            keyOf={({ day }) => day}
          />
        </div>
      ))}
    </section>
  );
}

function Shown({ ledgers }: { ledgers: Ledgers }) {
  const { today, timezone, dailyQuota, days, youtube, channels, ahead, rates, chapters } = ledgers;
  const [first] = channels;
  const day = days.find((one) => one.day === today);
  const spent = youtube.days.find((one) => one.day === youtube.today);
  return (
    <>
      {channels.length > 0 && (
        <section>
          <h2>Channels</h2>
          <Table
            label="Channels"
            columns={channelColumns}
            rows={channels}
            keyOf={({ channel }) => channel}
            sortable
          />
        </section>
      )}
      {first && <h2>The channel {first.channel}</h2>}
      <div class="cards">
        <Used
          title="Videos of the day"
          used={day?.count ?? 0}
          of={dailyQuota}
          note={`${today}, ${timezone}`}
        />
        <Used title="Slots taken" used={day?.slots ?? 0} of={dailyQuota} note="published and running jobs" />
        <Used
          title="YouTube uploads"
          used={spent?.uploads ?? 0}
          of={youtube.uploadsPerDay}
          note={youtubeNote(youtube)}
        />
        <Used
          title="YouTube units"
          used={spent?.units ?? 0}
          of={youtube.unitsPerDay}
          note={youtubeNote(youtube)}
        />
      </div>
      <Ahead ahead={ahead} />
      <section>
        <h2>Chapters</h2>
        {chapters.length === 0 && <Empty title="No job has taken a chapter yet." />}
        {chapters.length > 0 && (
          <Table
            label="Chapters"
            columns={columns}
            rows={chapters}
            keyOf={({ chapter_id }) => chapter_id}
            sortable
          />
        )}
      </section>
      <section>
        <h2>Days before</h2>
        {days.filter((one) => one.day !== today).length === 0 && <p class="quiet">None yet.</p>}
        <ul class="plain-list">
          {days
            .filter((one) => one.day !== today)
            .map((one) => (
              <li key={one.day} class="number">
                {one.day}: {one.count} counted, {one.slots} slots
              </li>
            ))}
        </ul>
      </section>
      {rates.length > 0 && (
        <section>
          <h2>Rate limits</h2>
          <ul class="plain-list">
            {rates.map(({ name, nextAt }) => (
              <li key={name}>
                {name}: next turn <Time of={nextAt} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const youtubeNote = ({ publisher, today }: Ledgers['youtube']) =>
  publisher === 'youtube' ? `${today}, Los Angeles` : `not in use: videos go to a ${publisher}`;

function Used({ title, used, of, note }: { title: string; used: number; of: number; note: string }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      <p class="big number">
        {used.toLocaleString()}
        <small> of {of.toLocaleString()}</small>
      </p>
      <meter min={0} max={Math.max(1, of)} value={used} aria-label={title} />
      <p class="quiet">{note}</p>
    </section>
  );
}
