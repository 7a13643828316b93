import type { SetDraft } from '../../../core/tagging/edit-label-set.ts';
import type { LabelSetKind } from '../../../core/tagging/label-set.ts';
import { namesIn } from './names-in.ts';

/**
 * The draft of what was typed. In a multi-output set each line is a group (`colour: red, blue`); what has no colon are labels
 * of a group that is called like the set, and a group without labels is none.
 */
export function draftOf(name: string, kind: LabelSetKind, text: string): SetDraft {
  if (kind === 'binary') return { name, kind, groups: [], labels: [{ name: text.trim() || name }] };
  if (kind !== 'multi-output') {
    return { name, kind, groups: [], labels: namesIn(text).map((label) => ({ name: label })) };
  }
  const labels = text.split('\n').flatMap((line) => {
    const [, group, rest = ''] = /^(?:([^:：]*)[:：])?(.*)$/s.exec(line)!;
    return namesIn(rest).map((label) => ({ name: label, group: group?.trim() || name }));
  });
  return { name, kind, groups: [...new Set(labels.map(({ group }) => group))], labels };
}
