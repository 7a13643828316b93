import {
  type FileLabel,
  type FileRow,
  keyOf,
  type LabelFile,
  mostRows,
  type ReadLabels,
  refuse,
  setKinds,
  sideCalled,
} from './label-file.ts';
import { isPlain, type Plain, textOf } from './plain.ts';

interface Image {
  readonly photo: string;
  /** Ids of categories. */
  readonly present: Set<string>;
  /** Those that are known not to be there; null: all others. */
  readonly absent: readonly string[] | null;
  readonly side: FileRow['side'];
}

/**
 * COCO: `images`, `annotations`, `categories`. An image has the categories of its annotations, once, and none of the others,
 * unless it lists those that it is known not to have (`neg_category_ids`, as in LVIS): then the rest is unknown.
 *
 * Supercategories are groups of a multi-output set only if the file says so (`info.kind`), or if every image has one category of
 * each: usually they are headings ('animal' over cat and dog).
 */
export function readCoco({ images, annotations, categories, info }: Plain): ReadLabels {
  const known = new Map<string, FileLabel>();
  for (const category of listOf(categories)) {
    const [id, name] = [textOf(category.id), textOf(category.name)?.trim()];
    if (id === null || !name) continue;
    known.set(id, { name, group: textOf(category.supercategory)?.trim() || null });
  }
  const files = new Map<string, Image>();
  for (const image of listOf(images)) {
    const [id, photo] = [textOf(image.id), textOf(image.file_name)];
    if (id === null || photo === null) continue;
    const ruledOut = image.neg_category_ids;
    files.set(id, {
      photo,
      present: new Set(),
      absent: Array.isArray(ruledOut) ? ruledOut.map((one) => textOf(one) ?? '') : null,
      side: sideCalled(textOf(image.split) ?? ''),
    });
  }
  if (files.size === 0) return refuse('empty');
  if (files.size > mostRows) return refuse('too-large');
  for (const annotation of listOf(annotations)) {
    const category = textOf(annotation.category_id) ?? '';
    if (known.has(category)) files.get(textOf(annotation.image_id) ?? '')?.present.add(category);
  }
  const about = isPlain(info) ? info : {};
  const said = setKinds.find((kind) => kind === about.kind);
  const grouped = said === undefined ? hasOneOfEach(known, files) : said === 'multi-output';
  const labelOf = (id: string): FileLabel[] => {
    const label = known.get(id);
    return label === undefined ? [] : [grouped ? label : { ...label, group: null }];
  };
  const once = (ids: Iterable<string>) => [
    ...new Map(
      [...ids].flatMap(labelOf).map((label) => [keyOf(label), { name: label.name, group: label.group }]),
    ).values(),
  ];
  const rows = [...files.values()].map(
    ({ photo, present, absent, side }): FileRow => ({
      photo,
      present: once(present),
      absent: once(absent ?? []),
      fullyLabelled: absent === null,
      side,
    }),
  );
  const kind = said ?? (grouped ? 'multi-output' : 'multi-label');
  return { ok: true, file: { name: textOf(about.description), kind, labels: once(known.keys()), rows } };
}

const listOf = (value: unknown): Plain[] => (Array.isArray(value) ? value.filter(isPlain) : []);

/** Whether all categories are in one of several supercategories, and every image has one of each. */
function hasOneOfEach(known: ReadonlyMap<string, FileLabel>, files: ReadonlyMap<string, Image>): boolean {
  const groups = new Set([...known.values()].map(({ group }) => group));
  if (groups.size < 2 || groups.has(null)) return false;
  return [...files.values()].every(({ present }) => {
    const own = [...present].map((id) => known.get(id)?.group);
    return own.length === groups.size && new Set(own).size === groups.size;
  });
}

/** Image-level, as `readCoco` reads it: an annotation has a category and no box. Numbers are from 1 up. */
export function writeCoco({ name, kind, labels, rows }: LabelFile): string {
  const numbers = new Map(labels.map((label, n) => [keyOf(label), n + 1]));
  const categories = labels.map((label, n) => ({
    id: n + 1,
    name: label.name,
    ...(label.group !== null && { supercategory: label.group }),
  }));
  let annotation = 0;
  const annotations = rows.flatMap(({ present }, n) =>
    present.map((label) => ({ id: ++annotation, image_id: n + 1, category_id: numbers.get(keyOf(label)) })),
  );
  const images = rows.map(({ photo, absent, fullyLabelled, side }, n) => ({
    id: n + 1,
    file_name: photo,
    ...(!fullyLabelled && { neg_category_ids: absent.map((label) => numbers.get(keyOf(label))) }),
    ...(side !== null && { split: side }),
  }));
  const info = { description: name, kind };
  return `${JSON.stringify({ info, images, annotations, categories })}\n`;
}
