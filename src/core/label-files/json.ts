import { readCoco } from './coco.ts';
import {
  type DescribedLabel,
  type FileLabel,
  type FileRow,
  guessKind,
  type LabelFile,
  labelsOf,
  mostRows,
  type ReadLabels,
  refuse,
  setKinds,
  sideCalled,
} from './label-file.ts';
import { isPlain, type Plain, textOf } from './plain.ts';

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
  const labels = labelsOf(rows, describedLabels(value.labels));
  if (rows.length === 0 && labels.length === 0) return refuse('empty');
  if (rows.length > mostRows) return refuse('too-large');
  const said = setKinds.find((kind) => kind === value.kind);
  const kind = said ?? guessKind(rows);
  // A file that says its kind and lists every label of a photo has ruled out the others.
  const full = said === 'multi-label' && value.fullyLabelled === true;
  return {
    ok: true,
    file: {
      name: textOf(value.name),
      kind,
      ...(typeof value.refuses === 'boolean' && { refuses: value.refuses }),
      labels,
      rows: full ? rows.map((row) => ({ ...row, fullyLabelled: true })) : rows,
    },
  };
}

/** What is listed of labels as Picsift lists it, or names only; anything else is passed over. */
function describedLabels(listed: unknown): DescribedLabel[] {
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((one: unknown): DescribedLabel[] => {
    const label = isPlain(one) ? one : { name: one };
    const [name, zh, shortcut] = [textOf(label.name)?.trim(), textOf(label.zh), textOf(label.shortcut)];
    if (!name) return [];
    const { colour, synonyms } = label;
    return [
      {
        name,
        group: textOf(label.group),
        ...(zh !== null && { zh }),
        ...(typeof colour === 'number' && Number.isInteger(colour) && colour >= 0 && { colour }),
        ...(shortcut !== null && { shortcut }),
        ...(Array.isArray(synonyms) && { synonyms: synonyms.flatMap((one) => textOf(one) ?? []) }),
      },
    ];
  });
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

/** All that was said; labels of a set of groups are given by group. */
export function writeJson({ name, kind, refuses, labels, rows }: LabelFile): string {
  const said = (own: readonly FileLabel[]) => {
    if (kind !== 'multi-output') return own.map((label) => label.name);
    const groups = new Map<string, string[]>();
    for (const label of own) {
      const group = label.group ?? '';
      groups.set(group, [...(groups.get(group) ?? []), label.name]);
    }
    return Object.fromEntries(
      [...groups].map(([group, names]) => [group, names.length === 1 ? names[0] : names]),
    );
  };
  const photos = rows.map((row) => ({
    path: row.photo,
    labels: said(row.present),
    ...(row.absent.length > 0 && { ruledOut: said(row.absent) }),
    ...(row.fullyLabelled && { fullyLabelled: true }),
    ...(row.side !== null && { split: row.side }),
  }));
  const set = { name, kind, ...(refuses !== undefined && { refuses }) };
  return `${JSON.stringify({ format: 'picsift-labels', version: 1, ...set, labels, photos }, null, 1)}\n`;
}
