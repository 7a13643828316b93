import type {
  DuplicateRow,
  LabelRow,
  ModelRow,
  SearchRow,
  SectionName,
  SectionRows,
} from '../../backup/entries.ts';
import { type Decision, isSound } from '../../dedup/decision.ts';
import type { LabelNumber } from '../../tagging/label.ts';
import type { Catalogue } from '../catalogue.ts';
import type { LibraryChanges, StoredLabel, StoredModel, StoredSearch } from '../ports.ts';
import type { RestoreContext } from './restore-context.ts';

const rowsPerFrame = 512;

/** What joins a backup beside the photos. */
export interface BackupSection<Row> {
  /** `before`: photos refer to it. `after`: it refers to photos. */
  readonly order: 'before' | 'after';
  /** All rows, in batches that fit into a frame each. */
  rows(catalogue: Catalogue): Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;
  /**
   * What taking rows in changes, so that nothing that is there is lost; called inside of `exclusive`. Notes in the context
   * what later sections need. Empty changes: all is there already.
   */
  merge(rows: readonly Row[], context: RestoreContext): Promise<LibraryChanges> | LibraryChanges;
}

/** Every section, in the order of the file. Add yours here, and say in `backup-stores.ts` which stores it holds. */
export const backupSections: { readonly [Name in SectionName]: BackupSection<SectionRows[Name]> } = {
  labels: {
    order: 'before',
    *rows({ labels }) {
      yield labels.all().map(({ id, names, own }): LabelRow => ({ id, en: names.en, zh: names.zh, own }));
    },
    merge: mergeLabels,
  },
  models: {
    order: 'before',
    *rows({ models, labels }) {
      for (const { key, labels: numbers, thresholds } of models) {
        const ids = numbers.map((number) => labels.get(number)!.id);
        yield [{ ...key, labels: ids, thresholds }] satisfies ModelRow[];
      }
    },
    merge: mergeModels,
  },
  duplicates: {
    order: 'after',
    async *rows({ store }) {
      const { decisions } = await store.duplicates();
      for (let from = 0; from < decisions.length; from += rowsPerFrame) {
        const part = decisions.slice(from, from + rowsPerFrame);
        yield part.map(({ at, kind, photos }): DuplicateRow => ({ at, kind, photos }));
      }
    },
    merge: mergeDuplicates,
  },
  searches: {
    order: 'after',
    async *rows({ store }) {
      const searches = await store.searches();
      if (searches.length > 0) yield searches.map(({ name, fragment }): SearchRow => ({ name, fragment }));
    },
    merge: mergeSearches,
  },
};

/** A label is the same by its id or, for the person's own ones, by its name; others are new. */
function mergeLabels(rows: readonly LabelRow[], context: RestoreContext): LibraryChanges {
  const { labels } = context.catalogue;
  const added: StoredLabel[] = [];
  let next = context.nextLabel;
  for (const { id, en, zh, own } of rows) {
    if (context.labels.has(id)) continue;
    const same = labels.byId(id);
    const isSame = same !== null && (!own || same.names.en === en || same.names.zh === zh);
    const known = isSame ? same : own ? (labels.byName(en) ?? labels.byName(zh)) : null;
    const number = known?.number ?? (next++ as LabelNumber);
    context.labels.set(id, number);
    if (known !== null) continue;
    const taken = (wanted: string) => labels.byId(wanted) !== null || added.some((one) => one.id === wanted);
    let unique = id;
    for (let n = 2; taken(unique); n++) unique = `${id}-${n}`;
    added.push({ number, id: unique, names: { en, zh }, own });
  }
  context.nextLabel = next;
  return added.length > 0 ? { labels: added } : {};
}

function mergeModels(rows: readonly ModelRow[], context: RestoreContext): LibraryChanges {
  const { catalogue } = context;
  const added: StoredModel[] = [];
  for (const { id, version, labels, thresholds } of rows) {
    const name = `${id}@${version}`;
    if (context.models.has(name)) continue;
    const numbers = labels.map((label) => context.labels.get(label) ?? null);
    // Labels that were lost with their frame: the scores cannot be told apart.
    if (numbers.some((number) => number === null) || labels.length !== thresholds.length) continue;
    const key = { id, version };
    const known = catalogue.modelByKey(key);
    const model = known ?? {
      number:
        1 +
        Math.max(
          0,
          ...catalogue.models.map((one) => one.number),
          ...[...context.models.values()].map((one) => one.model.number),
        ),
      key,
      labels: numbers as LabelNumber[],
      thresholds,
    };
    context.models.set(name, { model, labels: numbers as LabelNumber[] });
    if (known === null) added.push(model);
  }
  return { models: added };
}

/** What was decided here later about two of the same photos holds. */
async function mergeDuplicates(
  rows: readonly DuplicateRow[],
  { catalogue }: RestoreContext,
): Promise<LibraryChanges> {
  const { decisions, runs } = await catalogue.store.duplicates();
  const key = ({ at, kind, photos }: DuplicateRow) => JSON.stringify([at, kind, photos]);
  const known = new Set(decisions.map(key));
  const latest = new Map<string, number>();
  for (const { at, photos } of decisions) {
    for (const pair of pairsOf(photos)) latest.set(pair, Math.max(at, latest.get(pair) ?? 0));
  }
  let number = Math.max(0, ...decisions.map((one) => one.number), ...runs.map((one) => one.number));
  const added: Decision[] = [];
  for (const row of [...rows].sort((a, b) => a.at - b.at)) {
    const isOutdone = pairsOf(row.photos).some((pair) => (latest.get(pair) ?? 0) > row.at);
    if (known.has(key(row)) || isOutdone || !isSound(row)) continue;
    added.push({ ...row, number: ++number, run: null });
  }
  return added.length > 0 ? { duplicateDecisions: added } : {};
}

function pairsOf(photos: DuplicateRow['photos']): string[] {
  const names = photos.map(({ sha256, place }) => `${sha256} ${place}`).sort();
  return names.flatMap((name, i) => names.slice(i + 1).map((other) => `${name}\n${other}`));
}

/** One of the same name that is here stays as it is. */
async function mergeSearches(rows: readonly SearchRow[], context: RestoreContext): Promise<LibraryChanges> {
  const known = await context.catalogue.store.searches();
  const names = new Set(known.map(({ name }) => name));
  let number = Math.max(0, ...known.map((search) => search.number));
  const searches: StoredSearch[] = [];
  for (const { name, fragment } of rows) {
    let isWhole = true;
    const here = fragment.replace(/\b(photo|similar)=(\d+)/g, (_, what: string, id: string) => {
      const photo = context.photos.get(Number(id));
      isWhole &&= photo !== undefined;
      return `${what}=${photo}`;
    });
    // What it looks for likeness to is lost.
    if (!isWhole || names.has(name)) continue;
    names.add(name);
    searches.push({ number: ++number, name, fragment: here });
  }
  return searches.length > 0 ? { searches } : {};
}
