import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Label, LabelNumber } from '../tagging/label.ts';
import type { Alternative } from './alternative.ts';
import { completionOf } from './completion.ts';
import type { Exclusion } from './exclusion.ts';
import { formatTypedQuery } from './format-typed-query.ts';
import { LabelNames, nameWithSet } from './label-names.ts';
import { queryWords } from './query-words.ts';
import type { TypedConditions } from './typed-clauses.ts';
import { dayRangeOf } from './typed-dates.ts';
import { parseTypedQuery } from './typed-query.ts';

const label = (id: string, en: string, zh: string, own = false): Omit<Label, 'number'> => ({
  id,
  names: { en, zh },
  threshold: 0.5,
  own,
});
const all: readonly Label[] = [
  label('dog', 'Dog', '狗'),
  label('cat', 'Cat', '猫'),
  label('seashore', 'Seashore', '海岸'),
  label('traffic-light', 'Traffic light', '红绿灯'),
  label('salt-and-pepper-shakers', 'Salt and pepper shakers', '盐和胡椒瓶'),
  label('glasses', 'Glasses', '眼镜'),
  label('knife', 'Knife', '刀'),
  label('virtual-reality-headset', 'Virtual reality headset', 'VR 头显'),
  label('own:trip', 'My trip: 2019', 'My trip: 2019', true),
  { ...label('own:dog', 'dog', 'dog', true), set: 1, setName: 'Weather' },
  label('high-heels', 'High heels', '高跟鞋'),
  label('own:no', 'no', '无', true),
].map((one, number) => ({ ...one, number: number as LabelNumber }));
const sets = [
  { id: 1, name: 'Weather' },
  { id: 2, name: 'My dog: which?' },
];
const known = { labels: new LabelNames(all, new Map([[2, ['dunes']]])), sets, today: '2024-03-01' };
const empty: TypedConditions = {
  text: '',
  folder: '',
  favourites: false,
  sets: [],
  allOf: [],
  anyOf: [],
  either: [],
  noneOf: [],
  from: null,
  to: null,
  excluded: [],
};
const read = (typed: string) => parseTypedQuery(typed, known);
const not = (...excluded: Exclusion[]) => ({ excluded });
const year2023 = { from: '2023-01-01', to: '2023-12-31' };
const is = (trait: Alternative['trait'], negated = false): Alternative => ({ trait, negated });
const dog = is({ kind: 'tag', id: 'dog' });
const year2024 = { from: '2024-01-01', to: '2024-12-31' };

describe('a typed query', () => {
  it.each<[string, Partial<TypedConditions>]>([
    ['', {}],
    ['dog -cat beach 2024', { allOf: ['dog', 'seashore'], noneOf: ['cat'], ...year2024 }],
    ['  Dogs   kitten  ', { allOf: ['dog', 'cat'] }],
    ['狗 -猫 海滩 2024年', { allOf: ['dog', 'seashore'], noneOf: ['cat'], ...year2024 }],
    ['狗海滩 没有猫', { allOf: ['dog', 'seashore'], noneOf: ['cat'] }],
    ['ＤＯＧ　－cat', { allOf: ['dog'], noneOf: ['cat'] }],
    ['traffic light dog', { allOf: ['traffic-light', 'dog'] }],
    ['salt and pepper shakers and dog', { allOf: ['salt-and-pepper-shakers', 'dog'] }],
    ['-"traffic light" vr 头显', { allOf: ['virtual-reality-headset'], noneOf: ['traffic-light'] }],
    ['glasses knives', { allOf: ['glasses', 'knife'] }],
    ['dog or cat', { anyOf: [['dog', 'cat']] }],
    [
      'dog or cat seashore or knife',
      {
        anyOf: [
          ['dog', 'cat'],
          ['seashore', 'knife'],
        ],
      },
    ],
    [
      '狗|猫 2024 海岸 或 刀 或 眼镜',
      {
        anyOf: [
          ['dog', 'cat'],
          ['seashore', 'knife', 'glasses'],
        ],
        ...year2024,
      },
    ],
    ['dog or dog', { allOf: ['dog'] }],
    ['dog|cat|海岸 2024', { anyOf: [['dog', 'cat', 'seashore']], ...year2024 }],
    ['knife 狗 或 猫', { allOf: ['knife'], anyOf: [['dog', 'cat']] }],
    ['not dog without cat', { noneOf: ['dog', 'cat'] }],
    ['IMG_12 dog', { text: 'IMG_12', allOf: ['dog'] }],
    ['"IMG 12" -draft', { text: '"IMG 12" -draft' }],
    ['name:dog -file:"2024"', { text: 'dog -2024' }],
    ['"2024"', { text: '2024' }],
    ['folder:"My trips/Japan" cat', { folder: 'My trips/Japan', allOf: ['cat'] }],
    ['文件夹：旅行 猫', { folder: '旅行', allOf: ['cat'] }],
    ['2023..2024-02', { from: '2023-01-01', to: '2024-02-29' }],
    ['2023 to 2024', { from: '2023-01-01', to: '2024-12-31' }],
    ['since:2023-05 until:2023-06-09', { from: '2023-05-01', to: '2023-06-09' }],
    ['after:2022 before:2023-06-09', { from: '2023-01-01', to: '2023-06-08' }],
    ['-before:2020', not({ kind: 'dates', from: null, to: '2019-12-31' })],
    ['no dog', { noneOf: ['dog'] }],
    ['cat except dogs', { allOf: ['cat'], noneOf: ['dog'] }],
    ['dog, cat', { allOf: ['dog', 'cat'] }],
    ['dog,cat', { allOf: ['dog', 'cat'] }],
    ['-dog,cat', { noneOf: ['dog', 'cat'] }],
    ['a,b', { text: 'a,b' }],
    ['"traffic light",dog ,cat', { allOf: ['traffic-light', 'dog', 'cat'] }],
    ['狗和高跟鞋', { allOf: ['dog', 'high-heels'] }],
    ['没有高跟鞋和狗', { noneOf: ['high-heels', 'dog'] }],
    ['"no" or dog', { anyOf: [['own:no', 'dog']] }],
    ['dog before 2020', { allOf: ['dog'], to: '2019-12-31' }],
    ['photos since 5 May 2023 until 2024', { from: '2023-05-05', to: '2024-12-31' }],
    ['not after last year', not({ kind: 'dates', from: '2024-01-01', to: null })],
    ['before noon', { text: 'before noon' }],
    ['猫和狗 2024年', { allOf: ['cat', 'dog'], ...year2024 }],
    ['没有猫和狗', { noneOf: ['cat', 'dog'] }],
    ['dogs in 2024', { allOf: ['dog'], ...year2024 }],
    ['photos of the cats from May 2024', { allOf: ['cat'], from: '2024-05-01', to: '2024-05-31' }],
    ['photos of nobody', { text: 'photos of nobody' }],
    ['5 May 2024', { from: '2024-05-05', to: '2024-05-05' }],
    ['dog May 5, 2024', { allOf: ['dog'], from: '2024-05-05', to: '2024-05-05' }],
    ['3.5.2024', { from: '2024-05-03', to: '2024-05-03' }],
    ['2023-2024', { from: '2023-01-01', to: '2024-12-31' }],
    ['May 2024 dog', { allOf: ['dog'], from: '2024-05-01', to: '2024-05-31' }],
    ['last year', { from: '2023-01-01', to: '2023-12-31' }],
    ['今年 猫', { allOf: ['cat'], ...year2024 }],
    ['"My trip: 2019"', { allOf: ['own:trip'] }],
    ['is:liked 收藏', { favourites: true, text: '收藏' }],
    ['set:weather 标签集："My dog: which?"', { sets: [1, 2] }],
    ['dunes', { allOf: ['seashore'] }],
    ['or', { text: 'or' }],
    ['-', { text: '"-"' }],
    ['not', { text: 'not' }],
    ['folder:', {}],
    ['a:b', { text: '"a:b"' }],
    ['-a:b constructor:x', { text: '-"a:b" "constructor:x"' }],
    ['狗｜猫', { anyOf: [['dog', 'cat']] }],
    ['不要狗 没有猫', { noneOf: ['dog', 'cat'] }],
    ['not dog|cat 不要 狗海滩', { noneOf: ['dog', 'cat', 'seashore'] }],
    [
      '-folder:"My trips" not in:Japan dog',
      { allOf: ['dog'], ...not({ kind: 'folder', folder: 'My trips' }, { kind: 'folder', folder: 'Japan' }) },
    ],
    ['不要 文件夹：旅行 狗', { allOf: ['dog'], ...not({ kind: 'folder', folder: '旅行' }) }],
    ['不要文件夹：旅行', not({ kind: 'folder', folder: '旅行' })],
    ['dog -2024', { allOf: ['dog'], ...not({ kind: 'dates', ...year2024 }) }],
    ['not May 2024', not({ kind: 'dates', from: '2024-05-01', to: '2024-05-31' })],
    [
      '-2023 to 2024 不要今年',
      not({ kind: 'dates', from: '2023-01-01', to: '2024-12-31' }, { kind: 'dates', ...year2024 }),
    ],
    ['不要2023 到 2024', not({ kind: 'dates', from: '2023-01-01', to: '2024-12-31' })],
    [
      '-..2024 to 2023..',
      { ...not({ kind: 'dates', from: null, to: '2024-12-31' }), text: 'to', from: '2023-01-01' },
    ],
    ['cat "dog · weather"', { allOf: ['cat', 'own:dog'] }],
    ['-date:2024 -year:2024', not({ kind: 'dates', ...year2024 })],
    ['-from:2023-05', not({ kind: 'dates', from: '2023-05-01', to: null })],
    ['not until:2023-05', not({ kind: 'dates', from: null, to: '2023-05-31' })],
    ['-set:weather -is:favourite', not({ kind: 'set', set: 1 }, { kind: 'favourites' })],
    ['not name:img -"2024"', { text: '-img -2024' }],
    ['-folder:', {}],
    // Neither: see [Note: Or after not].
    ['-dog or cat', { noneOf: ['dog', 'cat'] }],
    ['-dog or -cat', { noneOf: ['dog', 'cat'] }],
    ['without dog or cat seashore', { allOf: ['seashore'], noneOf: ['dog', 'cat'] }],
    ['没有狗 或 猫', { noneOf: ['dog', 'cat'] }],
    ['没有狗或猫 海岸', { allOf: ['seashore'], noneOf: ['dog', 'cat'] }],
    ['猫或狗或者刀', { anyOf: [['cat', 'dog', 'knife']] }],
    ['-2024 or 2023', not({ kind: 'dates', ...year2024 }, { kind: 'dates', ...year2023 })],
    ['-IMG or draft', { text: '-IMG -draft' }],
    ['2024 or 2023', { either: [[is({ kind: 'dates', ...year2024 }), is({ kind: 'dates', ...year2023 })]] }],
    [
      '2024年或2023年 狗',
      { allOf: ['dog'], either: [[is({ kind: 'dates', ...year2024 }), is({ kind: 'dates', ...year2023 })]] },
    ],
    ['dog or 2024', { either: [[dog, is({ kind: 'dates', ...year2024 })]] }],
    ['dog or not cat', { either: [[dog, is({ kind: 'tag', id: 'cat' }, true)]] }],
    ['IMG_1 or dog', { either: [[is({ kind: 'name', text: 'IMG_1' }), dog]] }],
    [
      'folder:A or folder:B',
      { either: [[is({ kind: 'folder', folder: 'A' }), is({ kind: 'folder', folder: 'B' })]] },
    ],
    ['is:liked or set:weather', { either: [[is({ kind: 'favourites' }), is({ kind: 'set', set: 1 })]] }],
    ['since:2024 or dog or dog', { either: [[is({ kind: 'dates', from: '2024-01-01', to: null }), dog]] }],
    ['2023 or 2023', year2023],
    ['or dog', { text: 'or', allOf: ['dog'] }],
    ['dog or', { allOf: ['dog'] }],
    ['dog "or" cat', { text: 'or', allOf: ['dog', 'cat'] }],
  ])('%s', (typed, expected) => {
    expect(read(typed)).toEqual({ conditions: { ...empty, ...expected }, unclear: [] });
  });

  it('says which tags and dates it does not know', () => {
    expect(read('tag:unicorn from:soon set:none dog').unclear).toEqual([
      { kind: 'tag', text: 'unicorn' },
      { kind: 'date', text: 'soon' },
      { kind: 'set', text: 'none' },
    ]);
    expect(read('-from:..2023 -set:none').unclear).toHaveLength(2);
    expect(read('cat tag:unicorn or dog').conditions).toEqual({ ...empty, allOf: ['cat', 'dog'] });
  });

  it('never fails, and takes every letter of every word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (typed) => {
        const { conditions } = read(typed);
        expect(read(conditions.text).conditions).toMatchObject({ folder: '', excluded: [] });
        let end = 0;
        for (const word of queryWords(typed)) {
          expect(word.start).toBeGreaterThanOrEqual(end);
          expect(word.end).toBeGreaterThan(word.start);
          end = word.end;
        }
      }),
    );
  });

  it('is read again from the text that is made of its conditions', () => {
    const ids = all.map(({ id }) => id);
    const nameOf = (id: string) => {
      const { names, setName } = all.find((one) => one.id === id)!;
      return setName === undefined ? names.en : nameWithSet(names.en, setName);
    };
    const day = fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ids),
        fc.array(
          fc.constantFrom(
            'IMG_1',
            '"a b"',
            '-draft',
            '照片',
            'dog',
            '-2024',
            'or',
            'traffic light',
            'last year',
          ),
          {
            maxLength: 3,
          },
        ),
        fc.option(fc.constantFrom('x', 'Trips/My dog', '旅行'), { nil: '' }),
        fc.option(day),
        fc.option(day),
        fc.boolean(),
        fc.shuffledSubarray<readonly Alternative[]>([
          [dog, is({ kind: 'name', text: 'last year' }, true)],
          [is({ kind: 'name', text: 'or' }), is({ kind: 'tag', id: 'own:dog' })],
          [is({ kind: 'dates', from: null, to: '2023-12-31' }), is({ kind: 'set', set: 2 }, true)],
          [
            is({ kind: 'folder', folder: 'a|b' }),
            is({ kind: 'favourites' }),
            is({ kind: 'folder', folder: '或' }, true),
          ],
        ]),
        fc.shuffledSubarray<Exclusion>([
          { kind: 'folder', folder: 'a:b | c' },
          { kind: 'folder', folder: '旅行' },
          { kind: 'set', set: 2 },
          { kind: 'favourites' },
          { kind: 'dates', from: '2024-02-29', to: '2024-02-29' },
          { kind: 'dates', from: null, to: '2023-12-31' },
          { kind: 'dates', from: '1999-01-01', to: null },
        ]),
        (shuffled, texts, folder, from, to, any, either, excluded) => {
          const third = Math.floor(shuffled.length / 3);
          const alternatives = any ? shuffled.slice(third, 2 * third) : [];
          const anyOf = [alternatives.slice(0, 2), alternatives.slice(2)].filter(({ length }) => length > 1);
          const conditions: TypedConditions = {
            text: texts.join(' '),
            folder,
            favourites: any,
            sets: any ? [2] : [],
            allOf: shuffled.slice(0, third),
            anyOf,
            either,
            noneOf: shuffled.slice(2 * third, any ? undefined : 2 * third),
            from,
            to,
            excluded,
          };
          expect(read(formatTypedQuery(conditions, nameOf, known)).conditions).toEqual(conditions);
        },
      ),
    );
  });
});

/** What a photo is, as far as the terms below ask. */
type Looks = ReadonlySet<string>;
const looksOf = (one: Alternative['trait']) =>
  one.kind === 'tag' ? one.id : one.kind === 'name' ? one.text : one.kind === 'dates' ? one.from : one.kind;

function meets(conditions: TypedConditions, looks: Looks): boolean {
  const { text, favourites, allOf, anyOf, either, noneOf, from, excluded } = conditions;
  const isSo = ({ trait, negated }: Alternative) => looks.has(looksOf(trait)!) !== negated;
  return (
    queryWords(text).every((word) => looks.has(word.text) !== word.negated) &&
    (!favourites || looks.has('favourites')) &&
    allOf.every((id) => looks.has(id)) &&
    anyOf.every((group) => group.some((id) => looks.has(id))) &&
    either.every((group) => group.some(isSo)) &&
    !noneOf.some((id) => looks.has(id)) &&
    (from === null || looks.has(from)) &&
    !excluded.some((one) => looks.has(looksOf(one)!))
  );
}

it('`or`, written in any way, wants one of what it joins, and after a negation none of it', () => {
  const term = fc.record({
    // Each as it is written, and what a photo is then.
    of: fc.constantFrom(
      ['dog', 'dog'],
      ['猫', 'cat'],
      ['traffic light', 'traffic-light'],
      ['2024', '2024-01-01'],
      ['2023年', '2023-01-01'],
      ['IMG_1', 'IMG_1'],
      ['"or"', 'or'],
      ['is:favourite', 'favourites'],
    ),
    not: fc.constantFrom('', '', '-', 'not ', '不要 '),
  });
  const or = fc.constantFrom(' or ', ' 或 ', ' OR ', ' | ', '　或者　');
  const clause = fc.array(fc.tuple(or, term), { minLength: 1, maxLength: 4 });
  // Of several days alone the last ones count: no clause but the first may be one.
  const others = clause.filter((terms) => !terms.some(([, { of }]) => of[1]!.startsWith('20')));
  const looks = fc.array(
    fc.constantFrom('dog', 'cat', 'traffic-light', '2024-01-01', '2023-01-01', 'IMG_1', 'or', 'favourites'),
  );
  fc.assert(
    fc.property(
      clause,
      fc.array(others, { maxLength: 2 }),
      fc.array(looks, { minLength: 8 }),
      (first, more, photos) => {
        const clauses = [first, ...more];
        const typed = clauses
          .map((terms) => terms.map(([by, { not, of }], n) => `${n > 0 ? by : ''}${not}${of[0]}`).join(''))
          .join(' ');
        const { conditions, unclear } = read(typed);
        expect(unclear).toEqual([]);
        for (const photo of photos.map((own) => new Set(own))) {
          const expected = clauses.every((terms) => {
            const isNeither = terms[0]![1].not !== '';
            if (isNeither) return !terms.some(([, { of }]) => photo.has(of[1]!));
            return terms.some(([, { not, of }]) => photo.has(of[1]!) === (not === ''));
          });
          expect(meets(conditions, photo), typed).toBe(expected);
        }
      },
    ),
  );
});

describe('days', () => {
  it('that no calendar has are none', () => {
    for (const text of ['2023-02-29', '2024-13', '0999', '9999', '2024-5-32', '..', 'may', '12'])
      expect(dayRangeOf(text, '2024-03-01')).toBeNull();
  });

  it('before the first of a month or year lie in the one before', () => {
    expect(dayRangeOf('yesterday', '2024-03-01')).toEqual({ from: '2024-02-29', to: '2024-02-29' });
    expect(dayRangeOf('last month', '2024-01-15')).toEqual({ from: '2023-12-01', to: '2023-12-31' });
    // A Monday, a Sunday.
    for (const day of ['2024-01-01', '2024-01-07']) {
      expect(dayRangeOf('last week', day)).toEqual({ from: '2023-12-25', to: '2023-12-31' });
      expect(dayRangeOf('本周', day)).toEqual({ from: '2024-01-01', to: '2024-01-07' });
    }
  });
});

it('synonyms lead to labels that the built-in model has, and hide no name of another', async () => {
  const { synonyms } = await import('./synonyms.ts');
  const { readFileSync } = await import('node:fs');
  const pack = JSON.parse(
    readFileSync(new URL('../../../public/models/starter/labels.json', import.meta.url), 'utf8'),
  ) as { id: string; en: string; zh: string }[];
  const ids = new Set(pack.map(({ id }) => id));
  expect(Object.keys(synonyms).filter((id) => !ids.has(id))).toEqual([]);
  const words = Object.values(synonyms).flat();
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  const names = new Map(
    pack.flatMap(({ id, en, zh }) => [[en.toLowerCase(), id] as const, [zh, id] as const]),
  );
  expect(words.filter((word) => names.has(word))).toEqual([]);
});

describe('completion', () => {
  const isKnown = (part: string) => 'traffic light'.startsWith(part.toLowerCase());
  it.each<[string, string, boolean, string]>([
    ['', '', false, ''],
    ['dog -cat traffic li', 'dog -cat ', false, 'traffic li'],
    ['dog -Traffic li', 'dog ', true, 'Traffic li'],
    ['dog xy', 'dog ', false, 'xy'],
    ['dog "traffic', 'dog ', false, 'traffic'],
    ['dog tag:tra', 'dog ', false, 'tra'],
    ['dog from:tra', 'dog from:tra', false, ''],
  ])('of %j', (typed, before, negated, part) => {
    expect(completionOf(typed, isKnown)).toEqual({ before, negated, part, kind: 'tag' });
  });

  it.each<[string, 'set' | 'folder', string]>([
    ['dog 标签集：wea', 'set', 'wea'],
    ['dog folder:tra', 'folder', 'tra'],
    ['dog in:"My tr', 'folder', 'My tr'],
    ['dog 文件夹：', 'folder', ''],
    ['dog -folder:"My tr', 'folder', 'My tr'],
  ])('of the name of a label set or folder: %j', (typed, kind, part) => {
    const negated = typed.includes('-');
    expect(completionOf(typed, isKnown)).toEqual({ before: 'dog ', negated, part, kind });
  });
});
