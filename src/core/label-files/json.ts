import type { LabelSetKind } from '../tagging/label-set.ts';
import {
  type FileLabel,
  type FileRow,
  guessKind,
  labelsOf,
  mostRows,
  type ReadLabels,
  refuse,
  sideCalled,
} from './label-file.ts';

type Plain = { readonly [key: string]: unknown };

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
const kinds: readonly LabelSetKind[] = ['binary', 'multi-class', 'multi-output', 'multi-label'];

/**
 * Three forms: COCO (`images`, `annotations`, `categories`), Picsift's own (`photos` as a list), and a plain one
 * (`photos` as names with a label, a list of labels, or a label per group).
 */
export function readJson(text: string): ReadLabels {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse('broken', error instanceof Error ? error.message : '');
  }
  if (!isPlain(value)) return refuse('not-labels');
  if (Array.isArray(value.images) && Array.isArray(value.categories)) return readCoco(value);
  const rows = Array.isArray(value.photos)
    ? value.photos.filter(isPlain).flatMap(ownRow)
    : isPlain(value.photos)
      ? Object.entries(value.photos).map(([photo, said]) => plainRow(photo, said))
      : null;
  if (rows === null) return refuse('not-labels');
  if (rows.length === 0) return refuse('empty');
  if (rows.length > mostRows) return refuse('too-large');
  const said = kinds.find((kind) => kind === value.kind);
  const kind = said ?? guessKind(rows);
  // A file that says its kind and lists every label of a photo has ruled out the others.
  const full = said === 'multi-label' && value.fullyLabelled === true;
  return {
    ok: true,
    file: {
      name: textOf(value.name),
      kind,
      labels: labelsOf(rows),
      rows: full ? rows.map((row) => ({ ...row, fullyLabelled: true })) : rows,
    },
  };
}

function labelsIn(said: unknown, group: string | null): FileLabel[] {
  if (Array.isArray(said)) return said.flatMap((one) => labelsIn(one, group));
  if (isPlain(said) && group === null) {
    return Object.entries(said).flatMap(([name, value]) => labelsIn(value, name));
  }
  const name = textOf(said)?.trim() ?? '';
  return name === '' ? [] : [{ name, group }];
}

function plainRow(photo: string, said: unknown): FileRow {
  return { photo, present: labelsIn(said, null), absent: [], fullyLabelled: false, side: null };
}

function ownRow(said: Plain): FileRow[] {
  const photo = textOf(said.path) ?? textOf(said.name) ?? textOf(said.file);
  if (photo === null || photo === '') return [];
  return [
    {
      photo,
      present: labelsIn(said.labels, null),
      absent: labelsIn(said.ruledOut, null),
      fullyLabelled: said.fullyLabelled === true,
      side: sideCalled(textOf(said.split) ?? ''),
    },
  ];
}

/** Categories of the annotations of each image, once; an image without any is known to have none of them. */
function readCoco({ images, annotations, categories, info }: Plain): ReadLabels {
  const names = new Map<string, string>();
  for (const category of (categories as unknown[]).filter(isPlain)) {
    const [id, name] = [textOf(category.id), textOf(category.name)];
    if (id !== null && name !== null) names.set(id, name.trim());
  }
  const files = new Map<string, { photo: string; labels: Set<string> }>();
  for (const image of (images as unknown[]).filter(isPlain)) {
    const [id, photo] = [textOf(image.id), textOf(image.file_name)];
    if (id !== null && photo !== null) files.set(id, { photo, labels: new Set() });
  }
  if (files.size === 0) return refuse('empty');
  if (files.size > mostRows) return refuse('too-large');
  for (const annotation of (Array.isArray(annotations) ? annotations : []).filter(isPlain)) {
    const name = names.get(textOf(annotation.category_id) ?? '');
    if (name !== undefined) files.get(textOf(annotation.image_id) ?? '')?.labels.add(name);
  }
  const rows = [...files.values()].map(
    ({ photo, labels }): FileRow => ({
      photo,
      present: [...labels].map((name) => ({ name, group: null })),
      absent: [],
      fullyLabelled: true,
      side: null,
    }),
  );
  const labels = [...new Set(names.values())].map((name) => ({ name, group: null }));
  const name = isPlain(info) ? textOf(info.description) : null;
  return { ok: true, file: { name, kind: 'multi-label', labels, rows } };
}
