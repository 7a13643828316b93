import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tidyName } from '../tagging/label-set.ts';
import { type FileLabel, keyOf, type LabelFile } from './label-file.ts';
import { readLabelFiles } from './read-label-files.ts';
import { vocFiles } from './voc.ts';
import { writeLabels } from './write-labels.ts';

function read(...texts: readonly string[]): LabelFile {
  const answer = readLabelFiles(texts.map((text) => ({ name: 'trip', text })));
  if (!answer.ok) throw new Error(`${answer.problem.code}: ${answer.problem.found}`);
  return answer.file;
}

const sorted = (file: LabelFile): LabelFile => {
  const inOrder = (own: readonly FileLabel[]) => own.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return {
    ...file,
    labels: inOrder(file.labels),
    rows: file.rows.map((one) => ({ ...one, present: inOrder(one.present), absent: inOrder(one.absent) })),
  };
};

const oddNames = [
  ['sea; wide', '=town', "'=x", "''@y", 'a|b', '\\;', 'say "x"', 'split', 'label', 'file', 'Class', 'name'],
  [
    '1',
    '0',
    'no',
    'x',
    '<b>',
    '&lt;',
    'group:a',
    'label:b',
    '猫，狗',
    'a, b',
    '-1',
    '__proto__',
    '划分',
    '..',
  ],
].flat();
const names = fc
  .oneof(fc.constantFrom(...oddNames), fc.string({ maxLength: 12 }))
  .map(tidyName)
  .filter((name) => name !== '');
/** Sets of three kinds with what may be said in them. */
const labelFiles = fc
  .record({
    kind: fc.constantFrom('multi-label', 'multi-class', 'multi-output'),
    groups: fc.uniqueArray(names, { minLength: 1, maxLength: 3 }),
    labels: fc.uniqueArray(names, { minLength: 1, maxLength: 5 }),
    photos: fc.uniqueArray(names, { minLength: 1, maxLength: 4 }),
    said: fc.infiniteStream(fc.constantFrom('yes', 'no', 'nothing')),
    full: fc.infiniteStream(fc.boolean()),
    side: fc.infiniteStream(fc.constantFrom('train', 'validation', null)),
    setName: names,
  })
  .map(({ kind, groups, labels, photos, said, full, side, setName }): LabelFile => {
    const isGrouped = kind === 'multi-output';
    const all = (isGrouped ? groups : [null]).flatMap((group) => labels.map((name) => ({ name, group })));
    const rows = photos.map((photo) => {
      const verdicts = all.map((label) => ({ label, verdict: said.next().value }));
      const ofVerdict = (wanted: string) =>
        verdicts.filter(({ verdict }) => verdict === wanted).map(({ label }) => label);
      const accepted = ofVerdict('yes');
      // Of a group a photo has one label at most.
      const present =
        kind === 'multi-label'
          ? accepted
          : [...new Map(accepted.map((label) => [label.group, label])).values()];
      const fullyLabelled = kind === 'multi-label' && full.next().value === true;
      return {
        photo,
        present,
        absent: fullyLabelled ? [] : ofVerdict('no'),
        fullyLabelled,
        side: side.next().value,
      };
    });
    const described = all.map((label, n) =>
      n % 2 === 0
        ? { ...label, zh: '海', colour: n % 12, shortcut: 's', synonyms: ['shore', 'a, b'] }
        : label,
    );
    return { name: setName, kind, labels: described, rows };
  });

it('what is written is read again, whatever labels, groups and photos are called', () => {
  fc.assert(
    fc.property(labelFiles, (file) => {
      const plain = { ...file, labels: file.labels.map(({ name, group }) => ({ name, group })) };
      expect(sorted(read(writeLabels(file, 'json')))).toEqual(sorted(file));
      expect(sorted(read(writeLabels(file, 'coco')))).toEqual(sorted(plain));
      const voc = read(...vocFiles(file).map(({ text }) => text));
      expect([voc.kind, sorted(voc).rows]).toEqual([file.kind, sorted(file).rows]);
      // A table tells what is there and what is not, no more.
      const said = (one: LabelFile) =>
        sorted(one).rows.map(({ photo, present, absent, fullyLabelled, side }) => {
          const rest = fullyLabelled
            ? file.labels.map(keyOf).filter((key) => !present.map(keyOf).includes(key))
            : [];
          return [
            photo,
            present,
            file.kind === 'multi-label' ? [...absent.map(keyOf), ...rest].sort() : [],
            side,
          ];
        });
      expect(said(read(writeLabels(file, 'csv')))).toEqual(said(file));
    }),
    { numRuns: 150 },
  );
});
