import type { VersionRow } from '../../backup/entries.ts';
import type { KeptAnswers } from '../kept-versions.ts';

/** The answers of a version, photo by photo, as backups hold them. */
export type AnswerTable = Pick<VersionRow, 'kind' | 'photos' | 'groups'>;

type Group = AnswerTable['groups'][number];

export function tableOf(answers: KeptAnswers): AnswerTable {
  const photos = [...answers.ids];
  if (answers.kind === 'labels') {
    const { labels, scores, thresholds } = answers;
    const turned = turnedOver(scores, labels.length, photos.length);
    const group: Group = {
      name: '',
      labels,
      thresholds: [...thresholds],
      scores: bytesOf(turned),
      floats: turned instanceof Float32Array,
      refused: new Uint8Array(0),
    };
    return { kind: 'labels', photos, groups: [group] };
  }
  const groups = answers.groups.map(
    ({ name, classes, scores, threshold, refused }): Group => ({
      name,
      labels: classes,
      thresholds: [threshold],
      scores: bytesOf(scores),
      floats: true,
      refused,
    }),
  );
  return { kind: 'classes', photos, groups };
}

/** Photos in order of number. */
export function answersOf({ kind, photos, groups }: AnswerTable): KeptAnswers {
  const order = [...photos.keys()].sort((a, b) => photos[a]! - photos[b]!);
  const ids = Uint32Array.from(order, (row) => photos[row]!);
  const sorted = (group: Group) => {
    const width = group.labels.length;
    const scores = group.floats ? new Float32Array(group.scores.slice().buffer) : group.scores;
    const own = group.floats ? new Float32Array(scores.length) : new Uint8Array(scores.length);
    order.forEach((row, at) => {
      own.set(scores.subarray(row * width, (row + 1) * width), at * width);
    });
    return own;
  };
  if (kind === 'classes') {
    return {
      kind,
      ids,
      groups: groups.map((group) => ({
        name: group.name,
        classes: group.labels,
        scores: Float32Array.from(sorted(group)),
        threshold: group.thresholds[0] ?? 0,
        refused: Uint8Array.from(order, (row) => group.refused[row] ?? 0),
      })),
    };
  }
  const { labels = [], thresholds = [] } = groups[0] ?? {};
  const scores = groups[0] === undefined ? new Uint8Array(0) : sorted(groups[0]);
  return {
    kind,
    ids,
    labels,
    scores: turnedOver(scores, ids.length, labels.length),
    thresholds: Float64Array.from(thresholds),
  };
}

export function partOf({ kind, photos, groups }: AnswerTable, from: number, to: number): AnswerTable {
  return {
    kind,
    photos: photos.slice(from, to),
    groups: groups.map((group) => {
      const width = group.labels.length * (group.floats ? 4 : 1);
      return {
        ...group,
        scores: group.scores.slice(from * width, to * width),
        refused: group.refused.slice(from, to),
      };
    }),
  };
}

/** Of one photo. */
export function bytesPerRow({ groups }: AnswerTable): number {
  return groups.reduce((sum, { labels, floats }) => sum + labels.length * (floats ? 4 : 1), 0);
}

/** [rows][columns] to [columns][rows]. */
function turnedOver<Values extends Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  values: Values,
  rows: number,
  columns: number,
): Values {
  const turned = values.slice() as Values;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = values[row * columns + column]!;
    }
  }
  return turned;
}

function bytesOf(values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
