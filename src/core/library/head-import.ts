import type { HeadGroup, TaughtHead } from '../learning/head.ts';
import { headFromJson } from '../learning/head-json.ts';
import { headFromOnnx } from '../learning/onnx-head.ts';
import type { SetDraft } from '../tagging/edit-label-set.ts';
import { type LabelSet, type LabelSetKind, type SetProblem, tidyName } from '../tagging/label-set.ts';
import { labelFor } from './label-import.ts';

/** A head's file is refused before it is read when it is larger. */
export const mostHeadBytes = 64_000_000;

export type HeadAnswer =
  | { readonly ok: true; readonly set: LabelSet }
  | {
      readonly ok: false;
      readonly problem:
        | { readonly code: 'too-large' }
        /** Made on another model's vectors. */
        | { readonly code: 'other-model'; readonly found: string }
        | { readonly code: 'broken' | 'unreadable'; readonly found: string }
        | { readonly code: SetProblem };
    };

/**
 * Reads a head that Picsift exported; nothing of it is run.
 *
 * @param file JSON's text, or ONNX's bytes
 */
export function readHead(file: string | Uint8Array): TaughtHead | { readonly problem: string } {
  const read = typeof file === 'string' ? headFromJson(file) : headFromOnnx(file);
  return read.kind === 'head' ? read.head : { problem: read.problem };
}

function kindOf(groups: readonly HeadGroup[]): LabelSetKind {
  if (groups.every(({ activation }) => activation === 'sigmoid')) {
    return groups.length === 1 ? 'binary' : 'multi-label';
  }
  return groups.length === 1 ? 'multi-class' : 'multi-output';
}

/** The set that a head is for. A mixture of both activations is none. */
export function draftOfHead(head: TaughtHead, name: string): SetDraft | null {
  const kind = kindOf(head.groups);
  const softmax = head.groups.filter(({ activation }) => activation === 'softmax').length;
  const refuses = kind === 'multi-class' && head.refusal !== null;
  if (softmax > 0 && softmax < head.groups.length) return null;
  const labels = head.groups.flatMap((group) =>
    group.labels.map((label, n) => ({
      name: label,
      ...(group.zh !== undefined && { zh: group.zh[n]! }),
      ...(kind === 'multi-output' && { group: group.name }),
    })),
  );
  return { name: tidyName(name) || 'head', kind, groups: [], labels, refuses };
}

/** The head with the labels' numbers in this library in place of their names; null: a label is not in the set. */
export function numberedHead(set: LabelSet, head: TaughtHead): TaughtHead | null {
  let whole = true;
  const groups = head.groups.map((group) => {
    const labels = group.labels.map((name) => {
      const number = labelFor(set, { name, group: set.kind === 'multi-output' ? group.name : null });
      if (number === null) whole = false;
      return String(number);
    });
    const { name, activation } = group;
    return { name: activation === 'sigmoid' ? labels[0]! : name, activation, labels };
  });
  return whole ? { ...head, groups } : null;
}
