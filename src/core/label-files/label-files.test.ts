import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows } from './csv-table.ts';
import type { LabelFile } from './label-file.ts';
import { foldersAsLabels, readLabelFiles, rootFolders } from './read-label-files.ts';
import { vocFiles } from './voc.ts';
import { writeLabels } from './write-labels.ts';

function read(text: string, name = 'trip.csv'): LabelFile {
  const answer = readLabelFiles([{ name, text }]);
  if (!answer.ok) throw new Error(`${answer.problem.code}: ${answer.problem.found}`);
  return answer.file;
}

const problemOf = (...texts: string[]) => {
  const answer = readLabelFiles(texts.map((text, n) => ({ name: `${n}`, text })));
  return answer.ok ? null : answer.problem.code;
};

const labelsOf = (file: LabelFile) =>
  file.rows.map(({ photo, present }) => [
    photo,
    present.map(({ group, name }) => (group ? `${group}=${name}` : name)),
  ]);

describe('tables of labels', () => {
  it('have one column of labels, and say which photos judge', () => {
    const file = read('filename,label,split\r\na.jpg,cat,train\r\n"b, 2.jpg","dog; ""big"" one",val\r\n');
    expect(labelsOf(file)).toEqual([
      ['a.jpg', ['cat']],
      ['b, 2.jpg', ['dog', '"big" one']],
    ]);
    expect(file.rows.map(({ side }) => side)).toEqual(['train', 'validation']);
    expect([file.name, file.kind]).toEqual(['trip', 'multi-label']);
  });

  it('have a column per label, where nothing is unknown', () => {
    const file = read('\uFEFFimage;cat;dog\na.jpg;1;0\nb.jpg;;1\n');
    expect(file.rows.map(({ present, absent }) => [present.length, absent.length])).toEqual([
      [1, 1],
      [1, 0],
    ]);
    expect(file.kind).toBe('multi-label');
  });

  it('have a column per group', () => {
    const file = read('id\tgender\tcolour\n1163.jpg\tMen\tBlue\n1164.jpg\tWomen\t\n');
    expect(labelsOf(file)).toEqual([
      ['1163.jpg', ['gender=Men', 'colour=Blue']],
      ['1164.jpg', ['gender=Women']],
    ]);
    expect(file.kind).toBe('multi-output');
  });

  it('come back from any cells', () => {
    const cell = fc.string().map((text) => text.replaceAll('\r', ' '));
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = [['a', 'b', 'c'], ...rows]
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        expect(csvRows(text)?.map(({ fields }) => fields)).toEqual([['a', 'b', 'c'], ...rows]);
      }),
    );
  });
});

describe('JSON of labels', () => {
  it('is a name with a label, several, or one per group', () => {
    const file = read(
      '{"name":"Clothes","kind":"multi-output","photos":{"a.jpg":{"gender":"Men","type":"Shoe"},"b.jpg":{"gender":"Women"}}}',
    );
    expect([file.name, file.kind, file.labels.length]).toEqual(['Clothes', 'multi-output', 3]);
    expect(read('{"photos":{"a.jpg":["cat","dog"],"b.jpg":"cat"}}').kind).toBe('multi-label');
    expect(read('{"photos":{"a.jpg":"cat","b.jpg":"dog"}}').kind).toBe('multi-class');
  });

  it('of COCO lists images, annotations and categories; a picture without any has none of them', () => {
    const file = read(
      JSON.stringify({
        images: [
          { id: 1, file_name: 'a.jpg' },
          { id: 2, file_name: 'b.jpg' },
        ],
        annotations: [
          { image_id: 1, category_id: 18 },
          { image_id: 1, category_id: 18 },
          { image_id: 9, category_id: 18 },
          { image_id: 1, category_id: 99 },
        ],
        categories: [
          { id: 18, name: 'dog' },
          { id: 20, name: 'sheep' },
        ],
      }),
    );
    expect(labelsOf(file)).toEqual([
      ['a.jpg', ['dog']],
      ['b.jpg', []],
    ]);
    expect(file.rows.every(({ fullyLabelled }) => fullyLabelled)).toBe(true);
    expect(file.labels.map(({ name }) => name)).toEqual(['dog', 'sheep']);
  });
});

describe('COCO with supercategories', () => {
  const coco = (images: readonly (readonly number[])[], more: object = {}) =>
    JSON.stringify({
      images: images.map((_, n) => ({ id: n, file_name: `${n}.jpg` })),
      annotations: images.flatMap((own, n) => own.map((category_id) => ({ image_id: n, category_id }))),
      categories: [
        { id: 1, name: 'red', supercategory: 'colour' },
        { id: 2, name: 'blue', supercategory: 'colour' },
        { id: 3, name: 'shoe', supercategory: 'type' },
      ],
      ...more,
    });

  it('has groups where every image has one of each', () => {
    const file = read(
      coco([
        [1, 3],
        [3, 2],
      ]),
    );
    expect(file.kind).toBe('multi-output');
    expect(labelsOf(file)).toEqual([
      ['0.jpg', ['colour=red', 'type=shoe']],
      ['1.jpg', ['type=shoe', 'colour=blue']],
    ]);
  });

  it('has headings only where an image has several of one, or none', () => {
    for (const images of [[[1, 2, 3]], [[1, 3], [1]], [[1, 3], []]]) {
      const file = read(coco(images));
      expect(file.kind).toBe('multi-label');
      expect(file.labels.every(({ group }) => group === null)).toBe(true);
    }
    expect(read(coco([[1, 3], [1]], { info: { kind: 'multi-output' } })).kind).toBe('multi-output');
  });

  it('knows what is not in an image only where that is listed, if it lists any (LVIS)', () => {
    const images = [{ id: 0, file_name: '0.jpg', neg_category_ids: [2, 99] }];
    const [row] = read(coco([[1]], { images })).rows;
    expect([row!.fullyLabelled, row!.absent.map(({ name }) => name)]).toEqual([false, ['blue']]);
  });
});

describe('XML of VOC', () => {
  const picture = (name: string, ...objects: readonly string[]) =>
    `<?xml version="1.0"?><annotation><folder>VOC</folder><filename>${name}</filename><size/>${objects
      .map(
        (object) =>
          `<object><name>${object}</name><part><name>head</name></part><bndbox><xmin>1</xmin></bndbox></object>`,
      )
      .join('')}</annotation>`;

  it('names the objects of one picture a file', () => {
    const answer = readLabelFiles([
      { name: '1.xml', text: picture('1.jpg', 'dog', 'dog', 'person') },
      { name: '2.xml', text: picture('a &amp; b.jpg') },
    ]);
    expect(answer.ok && labelsOf(answer.file)).toEqual([
      ['1.jpg', ['dog', 'person']],
      ['a & b.jpg', []],
    ]);
  });

  it('passes over what is damaged or no annotation among others, and names it', () => {
    const answer = readLabelFiles(
      [
        { name: 'classes.txt', text: 'dog' },
        { name: '1.xml', text: picture('1.jpg', 'dog') },
        { name: '2.xml', text: picture('2.jpg', 'dog').slice(0, -20) },
      ],
      ['3.xml'],
    );
    expect(answer.ok && labelsOf(answer.file)).toEqual([['1.jpg', ['dog']]]);
    expect(answer.ok && answer.file.unread).toEqual(['classes.txt', '2.xml', '3.xml']);
    expect(readLabelFiles([], ['3.xml'])).toEqual({
      ok: false,
      problem: { code: 'unreadable', found: '3.xml' },
    });
  });

  it('expands nothing', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>';
    const answer = readLabelFiles([{ name: '1', text: `${bomb}${picture('1.jpg', '&y;')}` }]);
    expect(
      answer.ok ? answer.file.rows[0]!.present.map(({ name }) => name) : answer.problem.code,
    ).not.toContain('ha');
  });

  it('takes no longer for what is left open', () => {
    const start = performance.now();
    for (const torn of ['<!--', '<?', '<!', '<a', '</', 'a']) {
      expect(problemOf(`<x><${torn.repeat(20_000)}`), torn).toBe('broken');
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('files that are no labels', () => {
  it('are refused with a reason', () => {
    expect(problemOf('')).toBe('empty');
    expect(problemOf('only,a,head\n')).toBe('empty');
    expect(problemOf('name\na.jpg\n')).toBe('not-labels');
    expect(problemOf('{"photos":')).toBe('broken');
    expect(problemOf('{"pictures":[]}')).toBe('not-labels');
    expect(problemOf('<annotation><filename>a.jpg</annotation>')).toBe('broken');
    expect(problemOf('a,b\n"c,d\n')).toBe('broken');
    expect(problemOf('a,label\nx,y', 'b,label\nx,y')).toBe('not-labels');
  });

  it('never make the reader throw, and names are data', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `<${text}`),
        ),
        (text) => {
          readLabelFiles([{ name: 'x', text }]);
        },
      ),
    );
    const hostile = read('{"photos":{"__proto__":"x","<img src=x onerror=1>":["<b>"],"constructor":"y"}}');
    expect(hostile.rows.map(({ photo }) => photo)).toContain('<img src=x onerror=1>');
    expect(Object.prototype).not.toHaveProperty('x');
    // What every object has is no side and no entity.
    expect(read('file,label,split\na.jpg,cat,constructor\n').rows[0]!.side).toBeNull();
    const object = '<object><name>&constructor;</name></object>';
    const annotation = read(`<annotation><filename>a.jpg</filename>${object}</annotation>`);
    expect(annotation.labels.map(({ name }) => name)).toEqual(['&constructor;']);
  });
});

it('folders are classes: the innermost one that a photo lies in', () => {
  const file = foldersAsLabels(['set/cats/1.jpg', 'set/dogs/2.jpg', 'loose.jpg']);
  expect(labelsOf(file)).toEqual([
    ['set/cats/1.jpg', ['cats']],
    ['set/dogs/2.jpg', ['dogs']],
  ]);
});

describe('what is written', () => {
  const label = (name: string, group: string | null = null) => ({ name, group });
  const row = { absent: [], fullyLabelled: false, side: null };
  const views: LabelFile = {
    name: 'Views',
    kind: 'multi-label',
    labels: [label('sea; wide'), label('=town')],
    rows: [
      { ...row, photo: 'a/1.jpg', present: [label('sea; wide')], absent: [label('=town')], side: 'train' },
      { ...row, photo: 'a, 2.jpg', present: [label('sea; wide')], side: 'validation' },
    ],
  };

  it('is read again as JSON, with all that was said', () => {
    expect(read(writeLabels(views, 'json'))).toEqual(views);
  });

  it('is read again as a table of ones, noughts and gaps; what a spreadsheet would run is quoted', () => {
    const { rows } = read(writeLabels(views, 'csv'));
    expect(rows.map(({ present, absent, side }) => [present.length, absent.length, side])).toEqual([
      [1, 1, 'train'],
      [1, 0, 'validation'],
    ]);
    expect(rows.map(({ absent }) => absent.map(({ name }) => name))).toEqual([['=town'], []]);
    expect(writeLabels(views, 'csv')).toContain("'=town");
  });

  it('has a file of its own for each photo, also where two differ by their format only', () => {
    const rows = ['a.jpg', 'A.png', 'a.png', '../a.jpg'].map((photo) => ({ ...row, photo, present: [] }));
    const paths = vocFiles({ ...views, rows }).map(({ path }) => path.toLowerCase());
    expect(new Set(paths).size).toBe(4);
    expect(paths.join()).not.toContain('..');
  });
});

it('folders right below a root are classes, whatever lies between them and the photo', () => {
  const paths = [
    'set/cats/1.jpg',
    'set/dogs/small/2.jpg',
    'set/loose.jpg',
    'settle/birds/3.jpg',
    'trip/day/4.jpg',
  ];
  const file = foldersAsLabels(paths, 'set');
  expect(file.name).toBe('set');
  expect(file.rows.map(({ photo, present }) => [photo, present[0]!.name])).toEqual([
    ['set/cats/1.jpg', 'cats'],
    ['set/dogs/small/2.jpg', 'dogs'],
  ]);
  expect(rootFolders([...paths, 'trip/night/5.jpg'])).toEqual(['set', 'trip']);
});
