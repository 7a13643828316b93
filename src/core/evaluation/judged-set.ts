import { type ClassifiedGroup, type ClassifiedPhotos, mostProbable } from './classified-photos.ts';
import { columnsOf, type LabelledPhotos } from './labelled-photos.ts';
import { type MovedThresholds, movedThresholds, wholeOf } from './run.ts';
import { absent, noClass, present, unknown } from './truth.ts';

/** What is judged of a set, by its kind. */
export type JudgedSet =
  | { readonly kind: 'labels'; readonly photos: LabelledPhotos }
  | { readonly kind: 'classes'; readonly photos: ClassifiedPhotos };

/** The same answers at moved thresholds. */
export function atThresholds(set: JudgedSet, moved: MovedThresholds): JudgedSet {
  if (set.kind === 'labels') {
    const { photos } = set;
    return {
      kind: 'labels',
      photos: { ...photos, thresholds: movedThresholds(photos.labels, photos.thresholds, moved) },
    };
  }
  const { groups } = set.photos;
  const own = Float64Array.from(groups, ({ threshold }) => threshold);
  const thresholds = movedThresholds(
    groups.map((_, n) => wholeOf(n)),
    own,
    moved,
  );
  return {
    kind: 'classes',
    photos: {
      ...set.photos,
      groups: groups.map((group, n) => ({ ...group, threshold: thresholds[n]! })),
    },
  };
}

/** Classes of a group as labels, each against the rest: for curves, scores and the photos behind them. */
export function asLabels(ids: Uint32Array<ArrayBuffer>, group: ClassifiedGroup): LabelledPhotos {
  const { classes, truth, scores, threshold } = group;
  const rows = ids.length;
  const own = new Float32Array(scores.length);
  const entries = new Uint8Array(scores.length);
  for (let row = 0; row < rows; row++) {
    const actual = truth[row]!;
    for (let c = 0; c < classes.length; c++) {
      own[c * rows + row] = scores[row * classes.length + c]!;
      entries[c * rows + row] = actual === noClass ? unknown : actual === c ? present : absent;
    }
  }
  const thresholds = new Float64Array(classes.length).fill(threshold);
  return { ids, labels: classes, truth: entries, scores: own, thresholds };
}

/**
 * The same photos and labels in three sets of one kind: what is known by `judged`, what `before` and `after` say of it.
 * Photos and labels that one of them does not have are left out; of classes that a version did not have nothing is
 * guessed.
 *
 * @returns null when the kinds differ: the set was another one then
 */
export function sameOf(
  judged: JudgedSet,
  before: JudgedSet,
  after: JudgedSet,
): readonly [JudgedSet, JudgedSet] | null {
  if (judged.kind === 'labels') {
    if (before.kind !== 'labels' || after.kind !== 'labels') return null;
    const sets = [judged.photos, before.photos, after.photos] as const;
    const ids = commonIds(sets.map((set) => set.ids));
    const labels = judged.photos.labels.filter((label) => sets.every((set) => set.labels.includes(label)));
    const truth = labelColumns(judged.photos, ids, labels).truth;
    const of = (photos: LabelledPhotos): JudgedSet => ({
      kind: 'labels',
      photos: { ...labelColumns(photos, ids, labels), truth },
    });
    return [of(before.photos), of(after.photos)];
  }
  if (before.kind !== 'classes' || after.kind !== 'classes') return null;
  const sets = [judged.photos, before.photos, after.photos] as const;
  const ids = commonIds(sets.map((set) => set.ids));
  const groups = judged.photos.groups.filter((group) =>
    sets.every((set) => groupLike(set, group) !== undefined),
  );
  const of = (photos: ClassifiedPhotos): JudgedSet => ({
    kind: 'classes',
    photos: {
      ids,
      groups: groups.map((group) => {
        const truth = classRows(judged.photos.ids, group, ids, group.classes).truth;
        const { name, classes } = group;
        return { ...classRows(photos.ids, groupLike(photos, group)!, ids, classes), name, truth };
      }),
    },
  });
  return [of(before.photos), of(after.photos)];
}

/** The group with most of the classes, whatever it was called then; if none has any, the one of that name. */
function groupLike(set: ClassifiedPhotos, { name, classes }: ClassifiedGroup): ClassifiedGroup | undefined {
  const wanted = new Set(classes);
  let most = 0;
  let found: ClassifiedGroup | undefined;
  for (const group of set.groups) {
    const shared = group.classes.filter((label) => wanted.has(label)).length;
    if (shared > most) [most, found] = [shared, group];
  }
  return found ?? set.groups.find((group) => group.name === name);
}

/** Ids that are in all lists; lists and answer ascending. */
function commonIds(lists: readonly Uint32Array[]): Uint32Array<ArrayBuffer> {
  const [first = new Uint32Array(0), ...rest] = lists;
  const others = rest.map((list) => new Set(list));
  return Uint32Array.from(first).filter((id) => others.every((list) => list.has(id)));
}

/** Where each id stands in a list. */
function placesOf(list: Uint32Array, ids: Uint32Array): Uint32Array {
  const places = new Map(Array.from(list, (id, row) => [id, row]));
  return Uint32Array.from(ids, (id) => places.get(id)!);
}

function labelColumns(
  photos: LabelledPhotos,
  ids: Uint32Array<ArrayBuffer>,
  labels: readonly string[],
): LabelledPhotos {
  const columns = columnsOf(photos);
  const rows = placesOf(photos.ids, ids);
  const size = labels.length * rows.length;
  const truth = new Uint8Array(size);
  const scores = photos.scores instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
  const thresholds = new Float64Array(labels.length);
  labels.forEach((label, n) => {
    const from = photos.labels.indexOf(label);
    const ownTruth = columns.truthOf(from);
    const ownScores = columns.scoresOf(from);
    thresholds[n] = photos.thresholds[from]!;
    for (let row = 0; row < rows.length; row++) {
      truth[n * rows.length + row] = ownTruth[rows[row]!]!;
      scores[n * rows.length + row] = ownScores[rows[row]!]!;
    }
  });
  return { ids, labels, truth, scores, thresholds };
}

function classRows(
  from: Uint32Array,
  group: ClassifiedGroup,
  ids: Uint32Array,
  classes: readonly string[],
): ClassifiedGroup {
  const rows = placesOf(from, ids);
  const width = group.classes.length;
  const places = classes.map((name) => group.classes.indexOf(name));
  // What it took a photo for may be a class that is no more: then it is as good as no guess.
  const guesses = mostProbable(group);
  const scores = new Float32Array(rows.length * classes.length);
  const truth = new Int16Array(rows.length);
  const refused = new Uint8Array(rows.length);
  rows.forEach((at, row) => {
    places.forEach((place, c) => {
      scores[row * classes.length + c] = place === -1 ? 0 : group.scores[at * width + place]!;
    });
    truth[row] = places.indexOf(group.truth[at]!);
    const guess = guesses[at]!;
    refused[row] = guess === noClass || !places.includes(guess) ? 1 : 0;
  });
  return { ...group, classes, truth, scores, refused };
}
