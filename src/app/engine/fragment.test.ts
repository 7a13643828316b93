import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhotoId } from '../../core/library/photo.ts';
import { type Exclusion, formatExclusion } from '../../core/search/exclusion.ts';
import type { Label, LabelNumber } from '../../core/tagging/label.ts';
import { emptyFragment, type FragmentState, formatFragment, parseFragment } from './fragment-state.ts';
import { labelTable } from './labels.ts';
import { renumbered } from './linked-items.ts';
import { queryOf } from './query-of.ts';

const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 4 });
const photoId = fc.integer({ min: 1, max: 4_000_000_000 }).map((id) => id as PhotoId);
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const states: fc.Arbitrary<FragmentState> = fc.record({
  screen: fc.constantFrom('photos', 'labels', 'evaluate'),
  // 0 is the built-in set.
  set: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
  text: fc.string(),
  folder: fc.string(),
  inSets: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 }),
  favourites: fc.boolean(),
  allOf: ids,
  anyOf: ids,
  alternatives: fc.array(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 3 }), {
    maxLength: 2,
  }),
  either: fc.constantFrom(
    [],
    [
      [
        { trait: { kind: 'tag' as const, id: 'a,b;%-' }, negated: false },
        { trait: { kind: 'name' as const, text: '-x, 狗' }, negated: true },
        { trait: { kind: 'dates' as const, from: null, to: '2024-02-29' }, negated: false },
      ],
      [
        { trait: { kind: 'folder' as const, folder: 'A; B' }, negated: false },
        { trait: { kind: 'favourites' as const }, negated: true },
      ],
    ],
  ),
  noneOf: ids,
  from: fc.option(day),
  to: fc.option(day),
  excluded: fc.uniqueArray(
    fc.oneof(
      fc.record({ kind: fc.constant('folder'), folder: fc.string({ minLength: 1 }) }),
      fc.record({ kind: fc.constant('set'), set: fc.integer({ min: 1, max: 99 }) }),
      fc.record({ kind: fc.constant('dates'), from: day, to: fc.option(day) }),
      fc.constant({ kind: 'favourites' }),
    ) as fc.Arbitrary<Exclusion>,
    { maxLength: 3, selector: formatExclusion },
  ),
  show: fc.constantFrom('present', 'failed', 'removed'),
  sort: fc.constantFrom('captured', 'imported', 'name', 'size'),
  descending: fc.boolean(),
  only: fc.constantFrom(null, '5.3xc'),
  scope: fc.constantFrom('all', 'filter', 'train', 'validation'),
  cell: fc.constantFrom(null, { set: 'model', kind: 'falseNegative', label: 'own:狗, 2/%', threshold: 0.25 }),
  part: fc.constantFrom('labels', 'pairs', 'errors', 'changes'),
  label: fc.option(fc.string({ minLength: 1 })),
  photo: fc.option(photoId),
  similar: fc.option(fc.oneof(photoId, fc.constantFrom('file' as const, 'tray' as const))),
  match: fc.constantFrom('similar', 'same', 'product'),
  colour: fc.constantFrom('counts', 'ignored', 'required'),
  mix: fc.constantFrom(null, { content: 0, type: 5, colour: 100, layout: 15 }),
  by: fc.constantFrom('score', 'date'),
  region: fc.constantFrom(null, { x: 0.25, y: 0.5, width: 0.5, height: 0.125 }),
  like: fc.constantFrom([], [{ kind: 'tag' as const, id: 'a,b*%', weight: -0.5 }]),
  linked: fc.constant([]),
  panel: fc.constantFrom('settings', 'region', 'camera', 'catalogue', null),
});

describe('the URL fragment', () => {
  it('reads back whatever it wrote, labels with commas and percent signs included', () => {
    fc.assert(
      fc.property(states, (state) => {
        // What is said of a search by picture goes with it.
        const { match, colour, mix, by } = state.similar === null ? emptyFragment : state;
        expect(parseFragment(formatFragment(state))).toEqual({ ...state, match, colour, mix, by });
      }),
    );
  });

  it('says what the files of the photos hold that it names, and of no others', () => {
    const hash = (n: number) => String(n).padStart(24, 'ab0');
    const linked = [3, 4, 5].map((n) => ({ id: n as PhotoId, hash: hash(n) }));
    const like = [{ kind: 'photo' as const, id: 4 as PhotoId, weight: 1 }];
    const written = formatFragment({ ...emptyFragment, similar: 3 as PhotoId, like, linked });
    expect(parseFragment(written).linked).toEqual(linked.slice(0, 2));
    const renamed = renumbered(parseFragment(written), new Map([[4 as PhotoId, 9 as PhotoId]]));
    expect(renamed).toMatchObject({
      similar: 3,
      like: [{ id: 9 }],
      linked: [{ id: 3 }, { id: 9, hash: hash(4) }],
    });
  });

  it('is empty for the plain library', () => {
    expect(formatFragment(emptyFragment)).toBe('');
    expect(parseFragment('')).toEqual(emptyFragment);
  });

  it('falls back to defaults for malformed parts and keeps the rest', () => {
    const state = parseFragment(
      '#/?photo=-3&similar=x&from=2024-99-99&any=%25E0%25A4%25A&sort=colour&q=beach&show=all&not=dates...,set.x,folder.&mix=1,2,3,101&by=size&either=tag.a,;name.a,bogus&as=3.12,x',
    );
    expect(state).toEqual({ ...emptyFragment, text: 'beach' });
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseFragment(`#${text}`);
      }),
    );
  });

  it('sorts names upwards and dates downwards unless told otherwise', () => {
    expect(parseFragment('#/?sort=name').descending).toBe(false);
    expect(parseFragment('#/?sort=size').descending).toBe(true);
    expect(parseFragment('#/?sort=name&order=down').descending).toBe(true);
  });
});

describe('the query of a fragment', () => {
  const dog: Label = {
    number: 7 as LabelNumber,
    id: 'dog',
    names: { en: 'Dog', zh: '狗' },
    threshold: 0.5,
    own: false,
  };
  const labels = labelTable([dog], 'en');

  it('includes the whole last day of a date range', () => {
    const query = queryOf({ ...emptyFragment, from: '2024-02-29', to: '2024-02-29' }, labels);
    expect((query.to ?? 0) - (query.from ?? 0)).toBe(86_400_000);
    expect(new Date(query.from ?? 0).toISOString()).toBe('2024-02-29T00:00:00.000Z');
  });

  it('matches nothing for a wanted label that the library does not know, and ignores an unwanted one', () => {
    const query = queryOf(
      { ...emptyFragment, allOf: ['dog', 'unicorn'], noneOf: ['unicorn', 'dog'] },
      labels,
    );
    expect(query.allOf).toEqual([7, -1]);
    expect(query.noneOf).toEqual([7]);
  });

  it('excludes folders, the photos of label sets, and whole days', () => {
    const excluded = parseFragment('#/?not=folder.Japan,set.3,dates...2024-02-29,favourites').excluded;
    const own = labelTable([{ ...dog, set: 3 }], 'en');
    const query = queryOf({ ...emptyFragment, excluded }, own);
    expect(query.excluded).toEqual({
      folders: ['Japan'],
      times: [{ from: null, to: Date.parse('2024-03-01') }],
      favourites: true,
    });
    expect(query.noneOf).toEqual([7]);
  });

  it('asks for one of each lot of alternatives', () => {
    const alternatives = [
      ['dog', 'unicorn'],
      ['unicorn', 'yeti'],
    ];
    expect(queryOf({ ...emptyFragment, alternatives }, labels).oneOfEach).toEqual([
      [7, -1],
      [-1, -1],
    ]);
  });
});
