import fc from 'fast-check';
import { attributed, type OfferedVoice, SeriesCast, type Speaker, withCast } from './cast.ts';
import type { SegmentDraft } from './script.ts';

const voice = (speaker: string, gender: OfferedVoice['gender'], age: OfferedVoice['age']): OfferedVoice => ({
  ...{ speaker, gender, age },
  ...{ rate: 0, pitch: 0 },
});
const offered = [
  voice('Hoài My', 'female', 'adult'),
  voice('Nam Minh', 'male', 'adult'),
  voice('cô bé', 'female', 'child'),
  voice('cậu bé', 'male', 'child'),
];
const speaker = (name: string, traits: Partial<Speaker> = {}): Speaker => ({
  ...{ name, gender: 'unknown', age: 'unknown', manner: 'unknown' },
  ...traits,
});
const lan = speaker('Lan', { gender: 'female', age: 'child', manner: 'lively' });
const minh = speaker('Minh', { gender: 'male' });
const empty: SeriesCast = { manga_id: 'ngo-may', members: [] };

const casting = (speakers: Speaker[], lines: (string | undefined)[], voices = offered) =>
  ({
    job_id: 'job-abc123',
    provider: 'edge',
    offer: { voices, keeps: () => true },
    speakers,
    lines,
    chosen: new Map(),
  }) as const;
const voiceOf = (parts: ReadonlyMap<string, { speaker: string }>, name: string) => parts.get(name)?.speaker;

test('a character gets a voice of their sex and age, at the pace of their manner', () => {
  const { parts } = withCast(empty, casting([lan, minh], ['Lan', 'Minh']));
  expect(parts.get('Lan')).toEqual({ speaker: 'cô bé', rate: 8, pitch: 0 });
  expect(voiceOf(parts, 'Minh')).toBe('Nam Minh');
});

test('a character keeps the voice, whatever a later chapter says of them', () => {
  const first = withCast(empty, casting([lan], ['Lan']));
  const grown = { ...lan, age: 'adult', manner: 'calm' } as const;
  const later = withCast(first.cast, casting([grown, minh], ['Minh', 'Lan']));
  expect(later.parts.get('Lan')).toEqual(first.parts.get('Lan'));
});

test('a character keeps the voice under a name in other letter case, and is stored once', () => {
  const first = withCast(empty, casting([speaker('KENJI')], ['KENJI']));
  const stored = { ...first.cast, members: [{ name: 'kenji', voices: {} }, ...first.cast.members] };
  const later = withCast(stored, casting([minh, speaker('Kenji')], ['Minh', 'Kenji']));
  expect(later.parts.get('Kenji')).toEqual(first.parts.get('KENJI'));
  expect(later.cast.members.map(({ name }) => name)).toEqual(['Kenji', 'Minh']);
});

test('the series keeps who changed the voice for whom, and why', () => {
  const woman = voice('Hoài My', 'female', 'adult');
  const [an, hoa] = ['An', 'Hoa'].map((name) => speaker(name, { gender: 'female' })) as [Speaker, Speaker];
  const first = withCast(empty, casting([an], ['An'], [woman]));
  const both = withCast(first.cast, { ...casting([hoa], ['Hoa'], [woman]), job_id: 'job-2' });
  const talk = { ...casting([an, hoa], ['An', 'Hoa']), job_id: 'job-3' };
  const apart = withCast(both.cast, talk);
  expect(apart.cast.members.map(({ name, chosen }) => [name, chosen])).toEqual([
    ['An', { job_id: 'job-abc123' }],
    ['Hoa', { job_id: 'job-3', instead_of: 'Hoài My', why: 'alike' }],
  ]);
  const repeated = withCast(apart.cast, talk);
  expect(repeated.cast).toEqual(apart.cast);
  const offer = { voices: offered, keeps: ({ speaker }: { speaker: string }) => speaker !== 'Hoài My' };
  const gone = withCast(apart.cast, { ...talk, job_id: 'job-4', offer });
  expect(gone.cast.members[0]?.chosen).toEqual({ job_id: 'job-4', instead_of: 'Hoài My', why: 'gone' });
});

test('a series keeps one voice for each provider', () => {
  const { cast } = withCast(empty, casting([lan], ['Lan']));
  const espeak = {
    ...casting([lan], ['Lan'], [voice('vi+f5', 'female', 'child')]),
    provider: 'espeak',
  } as const;
  const { members } = withCast(cast, espeak).cast;
  expect(members).toMatchObject([
    { name: 'Lan', voices: { edge: { speaker: 'cô bé' }, espeak: { speaker: 'vi+f5' } } },
  ]);
  expect(SeriesCast.parse(withCast(cast, espeak).cast).members).toEqual(members);
});

test('two who talk with each other sound different, even if one of them has to change', () => {
  const [an, binh] = [speaker('An', { gender: 'female' }), speaker('Bình', { gender: 'female' })];
  const women = offered.filter(({ gender, age }) => gender === 'female' && age === 'adult');
  const apart = withCast(empty, casting([an, binh], ['An', ...Array(20).fill(undefined), 'Bình'], women));
  expect(voiceOf(apart.parts, 'An')).toBe(voiceOf(apart.parts, 'Bình'));
  expect(apart.alike).toEqual([]);
  const together = withCast(apart.cast, casting([an, binh], ['Bình', undefined, 'An']));
  expect(voiceOf(together.parts, 'An')).toBe('Hoài My');
  expect(voiceOf(together.parts, 'Bình')).not.toBe('Hoài My');
});

test('a character gets another voice if the earlier one is gone, and keeps that', () => {
  const { cast } = withCast(empty, casting([lan, minh], ['Lan', 'Minh']));
  const left = offered.filter(({ speaker }) => speaker !== 'cô bé');
  const keeps = ({ speaker }: { speaker: string }) => left.some((one) => one.speaker === speaker);
  const later = { ...casting([lan, minh], ['Lan', 'Minh']), offer: { voices: left, keeps } };
  const made = withCast(cast, later);
  expect([voiceOf(made.parts, 'Lan'), voiceOf(made.parts, 'Minh')]).toEqual(['Hoài My', 'Nam Minh']);
  expect(made.lost).toEqual(['Lan']);
  expect(withCast(made.cast, later)).toMatchObject({ cast: made.cast, lost: [] });
});

test('of thirty who talk and five voices, only those who hear all five from others sound like one of them', () => {
  const voices = [...offered, voice('bà', 'female', 'old')];
  const names = Array.from({ length: 30 }, (_, n) => `Người ${n}`);
  const talk = fc.array(fc.option(fc.constantFrom(...names), { nil: undefined, freq: 3 }), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(fc.array(talk, { minLength: 1, maxLength: 3 }), (chapters) => {
      let cast = empty;
      for (const lines of chapters) {
        const heard = names.filter((name) => lines.includes(name)).map((name) => speaker(name));
        const made = withCast(cast, casting(heard, lines, voices));
        for (const name of made.alike) {
          const places = lines.flatMap((other, at) => (other === name ? [at] : []));
          const near = places.flatMap((at) => lines.slice(Math.max(0, at - 4), at + 5));
          const sounds = near.flatMap((other) => (other && other !== name ? voiceOf(made.parts, other) : []));
          expect(new Set(sounds).size).toBe(voices.length);
        }
        expect([...withCast(made.cast, casting(heard, lines, voices)).parts]).toEqual([...made.parts]);
        cast = made.cast;
      }
    }),
  );
});

test('names those who sound like somebody they talk with, when no voice is left', () => {
  const one = [voice('Hoài My', 'female', 'adult')];
  expect(withCast(empty, casting([lan, minh], ['Lan', 'Minh'], one)).alike).toEqual(['Minh']);
});

test('two who talk with each other sound different while voices are left, and a repeated call changes nothing', () => {
  const names = ['An', 'Bình', 'Chi', 'Dũng'];
  const script = fc.array(fc.option(fc.constantFrom(...names), { nil: undefined }), { maxLength: 40 });
  const traits = fc.record({
    gender: fc.constantFrom('female' as const, 'male' as const, 'unknown' as const),
    age: fc.constantFrom('child' as const, 'young' as const, 'adult' as const, 'old' as const),
  });
  fc.assert(
    fc.property(
      fc.array(script, { maxLength: 4 }),
      fc.array(traits, { minLength: 4, maxLength: 4 }),
      (chapters, all) => {
        const speakers = names.map((name, n) => speaker(name, all[n]));
        let cast = empty;
        for (const lines of chapters) {
          const heard = speakers.filter(({ name }) => lines.includes(name));
          const made = withCast(cast, casting(heard, lines));
          expect(made.alike).toEqual([]);
          for (const [index, name] of lines.entries()) {
            const next = lines[index + 1];
            if (!name || !next || name === next) continue;
            expect(voiceOf(made.parts, name)).not.toBe(voiceOf(made.parts, next));
          }
          const again = withCast(made.cast, casting(heard, lines));
          expect([...again.parts]).toEqual([...made.parts]);
          expect(again.cast).toEqual(made.cast);
          cast = made.cast;
        }
      },
    ),
  );
});

test('a voice that the operator chose stays, and others sound different from it', () => {
  const chosen = new Map([['Minh', { speaker: 'cô bé', rate: 0, pitch: 0 }]]);
  const { parts, cast, alike } = withCast(empty, { ...casting([lan, minh], ['Lan', 'Minh']), chosen });
  expect(parts.get('Minh')).toEqual(chosen.get('Minh'));
  expect(voiceOf(parts, 'Lan')).not.toBe('cô bé');
  expect([cast.members.length, alike]).toEqual([2, []]);
  const both = new Map([...chosen, ['Lan', { speaker: 'cô bé', rate: 5, pitch: 0 }]]);
  const same = withCast(cast, { ...casting([lan, minh], ['Lan', 'Minh']), chosen: both });
  expect(same.alike).toEqual(['Minh']);
});

test('a voice whose pitch is nearly that of another one is not a different voice', () => {
  const chosen = new Map([['Minh', { speaker: 'cô bé', rate: 0, pitch: 8 }]]);
  const { parts } = withCast(empty, { ...casting([lan, minh], ['Lan', 'Minh']), chosen });
  expect(voiceOf(parts, 'Lan')).not.toBe('cô bé');
  const both = new Map([...chosen, ['Lan', { speaker: 'cô bé', rate: 0, pitch: 0 }]]);
  expect(withCast(empty, { ...casting([lan, minh], ['Lan', 'Minh']), chosen: both }).alike).toEqual(['Minh']);
});

test('a series of thousands of characters keeps the voices of the last two hundred', () => {
  const crowd = Array.from({ length: 3000 }, (_, n) => speaker(`Người ${n}`));
  const { cast, parts } = withCast(
    empty,
    casting(
      crowd,
      crowd.map(({ name }) => name),
    ),
  );
  expect(parts.size).toBe(3000);
  expect(SeriesCast.parse(cast).members.at(-1)?.name).toBe('Người 2999');
});

test('sentences carry the name that the story uses, and unknown speakers keep theirs', () => {
  const segment = (speaker?: string): SegmentDraft => ({
    ...{ kind: 'speech', text: 'Ừ.', page: 1, panels: ['p001-1'], pause_after: 0 },
    ...(speaker && { speaker }),
  });
  const known = { ...lan, original: 'ラン', address: '', about: '' };
  const { segments, speakers } = attributed(
    [segment('ラン'), segment(), segment('LAN'), segment('Đám đông'), segment('đám đông')],
    [known],
  );
  expect(segments.map(({ speaker }) => speaker)).toEqual(['Lan', undefined, 'Lan', 'Đám đông', 'Đám đông']);
  expect(speakers).toEqual([lan, speaker('Đám đông')]);
});
