import { notesOfCast, notesOfChoices } from './cast-names.ts';
import type { Character } from './story.ts';

const character = (name: string, original = ''): Character => ({
  ...{ name, original, address: '', about: '' },
  ...{ gender: 'unknown', age: 'unknown', manner: 'unknown' },
});
const story = { characters: [character('Hoàng Tử', 'Prince'), character('Lan')] };

test('names of the cast that a character has need no note, whatever their letters', () => {
  const cast = { members: [{ name: 'Bà Tư', voices: {} }] };
  expect(notesOfCast(['hoàng tử', 'BÀ TƯ', 'Minh'], { story, cast, speakers: [{ name: 'Minh' }] })).toEqual(
    [],
  );
});

test('a misspelt name is noted with the nearest one, and a name of the pages with that of the narration', () => {
  expect(notesOfCast(['Hoàng Tửu', 'prince'], { story })).toEqual([
    'no character of the series so far is called “Hoàng Tửu”, for whom its settings choose a voice; did you mean “Hoàng Tử”?',
    'no character of the series so far is called “prince”, for whom its settings choose a voice; did you mean “Hoàng Tử”?',
  ]);
});

test('a character who comes later is noted without a guess, also before anybody is known', () => {
  const note = [
    'no character of the series so far is called “Công Chúa”, for whom its settings choose a voice',
  ];
  expect(notesOfCast(['Công Chúa'], { story })).toEqual(note);
  expect(notesOfCast(['Công Chúa'], {})).toEqual(note);
});

test('a file with thousands of names does not fill the record of a job', () => {
  const names = Array.from({ length: 3000 }, (_, index) => `Người ${index}`);
  const notes = notesOfCast(names, { story });
  expect(notes).toHaveLength(21);
  expect(notes.at(-1)).toBe('and 2980 more names of the cast');
});

describe('notes of voices that a job chose', () => {
  const member = (name: string, job_id = 'job-1') => ({ name, voices: {}, chosen: { job_id } });
  const noted = (...members: ReturnType<typeof member>[]) => notesOfChoices('job-2', { members });

  test.each(['Kenji-san', 'Kénji', 'KENJI SAN'])(
    'name a new character who could be another one: %s',
    (name) => {
      expect(noted(member('Kenji'), member(name, 'job-2'))).toEqual([
        expect.stringMatching(new RegExp(`^${name} is new and has another voice than Kenji: `)),
      ]);
    },
  );

  test('say nothing about a name that resembles none, or a character of an earlier video', () => {
    expect(noted(member('Kenji'), member('Kenta', 'job-2'), member('Bà Tư Hai Lúa', 'job-2'))).toEqual([]);
    expect(noted(member('Kenji'), member('Kenji-san'))).toEqual([]);
  });
});
