import type { HeadRow } from '../../backup/entries.ts';
import { outputsOf } from '../../learning/head.ts';
import { headFromJson, headToJson } from '../../learning/head-json.ts';
import type { TeachReport } from '../../learning/teach-report.ts';
import type { LabelNumber } from '../../tagging/label.ts';
import type { Catalogue } from '../catalogue.ts';
import type { PhotoId } from '../photo.ts';
import { renamedHead } from '../renamed-head.ts';
import { type StoredHead, withPhotos } from '../teaching-ports.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

/** Bytes of held-out probabilities in one frame. */
const heldOutBytes = 4 * 2 ** 20;

/** What was taught, label sets by their numbers, labels by their ids; what models that never saw them say of photos follows. */
export async function* headRows(catalogue: Catalogue): AsyncGenerator<readonly HeadRow[]> {
  const { store, labels } = catalogue;
  for (const stored of await store.heads()) {
    const set = catalogue.labelSet(stored.set);
    if (set === null) continue;
    const there = new Set(set.labels.map(({ number }) => number));
    const idOf = (text: string) => {
      const number = Number(text) as LabelNumber;
      return there.has(number) ? labels.get(number)!.id : null;
    };
    const renamed = renamedHead(stored.head, idOf);
    if (renamed === null) continue;
    const { head, kept } = renamed;
    const { version, model, taughtAt, report } = stored;
    const width = outputsOf(stored.head.groups);
    const perRow = Math.max(1, Math.floor(heldOutBytes / (4 * kept.length)));
    let from = 0;
    do {
      const photos = stored.photos.subarray(from, from + perRow);
      const heldOut = new Float32Array(photos.length * kept.length);
      photos.forEach((_, row) => {
        kept.forEach((output, o) => {
          heldOut[row * kept.length + o] = stored.heldOut[(from + row) * width + output]!;
        });
      });
      const said =
        from > 0
          ? null
          : { version, model, json: headToJson(head), report: report && reportWith(report, idOf) };
      yield [
        {
          set: stored.set,
          taughtAt,
          head: said,
          photos: [...photos],
          heldOut: new Uint8Array(heldOut.buffer),
        },
      ];
      from += perRow;
    } while (from < stored.photos.length);
  }
}

/** Of two teachings of a set the later one holds. */
export async function mergeHeads(rows: readonly HeadRow[], context: RestoreContext): Promise<SectionChanges> {
  context.heads ??= new Map((await context.catalogue.store.heads()).map((head) => [head.set, head]));
  const changed = new Map<number, StoredHead>();
  for (const row of rows) {
    const set = context.sets.get(row.set);
    if (set === undefined) continue;
    const here = context.heads.get(set.id);
    const fresh = row.head === null ? null : storedHead(set.id, row, row.head, context);
    const isNewer = fresh !== null && (here === undefined || here.taughtAt < row.taughtAt);
    const head = isNewer ? fresh : here?.taughtAt === row.taughtAt ? here : undefined;
    if (head === undefined) continue;
    const whole = withPhotos(head, photosHere(row, context), heldOutOf(row));
    if (whole === here) continue;
    context.heads.set(set.id, whole);
    changed.set(set.id, whole);
  }
  return changed.size > 0 ? { heads: [...changed.values()] } : {};
}

/** Null: a label is not here, or it is no head. */
function storedHead(
  set: number,
  { taughtAt }: HeadRow,
  { version, model, json, report }: NonNullable<HeadRow['head']>,
  { labels }: RestoreContext,
): StoredHead | null {
  const read = headFromJson(json);
  if (read.kind !== 'head') return null;
  const numberOf = (id: string) => {
    const number = labels.get(id);
    return number === undefined ? null : String(number);
  };
  const renamed = renamedHead(read.head, numberOf);
  if (renamed === null || renamed.kept.length < outputsOf(read.head.groups)) return null;
  return {
    set,
    version,
    model,
    taughtAt,
    head: renamed.head,
    photos: new Uint32Array(0),
    heldOut: new Float32Array(0),
    report: report && reportWith(report, numberOf),
  };
}

function photosHere({ photos }: HeadRow, context: RestoreContext): readonly (PhotoId | null)[] {
  return photos.map((photo) => context.photos.get(photo) ?? null);
}

/** A view of a payload starts anywhere; numbers are read as whole words. */
function heldOutOf({ heldOut }: HeadRow): Float32Array {
  return new Float32Array(heldOut.slice().buffer);
}

/** A report with other texts for its labels; those that have none are left out. */
function reportWith(report: TeachReport, textOf: (label: string) => string | null): TeachReport {
  const renamed = <Item extends { readonly label: string }>(items: readonly Item[]) =>
    items.flatMap((item) => {
      const label = textOf(item.label);
      return label === null ? [] : [{ ...item, label }];
    });
  return { ...report, labels: renamed(report.labels), leftOut: renamed(report.leftOut) };
}
