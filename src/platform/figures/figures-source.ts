import * as Comlink from 'comlink';
import type { JudgedSet } from '../../core/evaluation/judged-set.ts';
import type { Library } from '../../core/library/library.ts';
import type { FiguresSource } from '../../protocol/figures.ts';

/** What the library answers to a figures worker; big arrays are handed over. */
export function figuresSource(library: () => Library): FiguresSource {
  return {
    async judged(set, scope) {
      return handedOver(await library().labelling.judgedSet(set, scope));
    },
    async version(number) {
      return handedOver(await library().labelling.versions.answers(number));
    },
  };
}

function handedOver(judged: JudgedSet | null): JudgedSet | null {
  return judged === null ? null : Comlink.transfer(judged, buffersOf(judged));
}

function buffersOf({ kind, photos }: JudgedSet): ArrayBuffer[] {
  if (kind === 'classes') {
    return [
      photos.ids.buffer,
      ...photos.groups.flatMap(({ truth, scores, refused }) => [truth.buffer, scores.buffer, refused.buffer]),
    ];
  }
  const { ids, truth, scores, thresholds } = photos;
  return [ids.buffer, truth.buffer, scores.buffer, thresholds.buffer];
}
