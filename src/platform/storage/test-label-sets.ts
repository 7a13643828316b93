import type { LabelNumber } from '../../core/tagging/label.ts';
import type { LabelSet } from '../../core/tagging/label-set.ts';
import { browser, file, type TestSession } from './test-browser.ts';

/** With photos 1.jpg, 2.jpg, ... */
export async function withPhotos(count = 4): Promise<TestSession> {
  const session = await browser.started();
  await session.add(Array.from({ length: count }, (_, i) => file(`${i + 1}.jpg`, `picture ${i} dog=0.8`)));
  return session;
}

export async function made(
  { library }: TestSession,
  kind: LabelSet['kind'],
  ...names: readonly string[]
): Promise<LabelSet> {
  const labels = names.map((name) => {
    const [group, label] = name.split('/');
    return label === undefined ? { name } : { name: label, group: group! };
  });
  const answer = await library.labelling.labelSets.make({ name: `My ${kind}`, kind, groups: [], labels });
  if (!answer.ok) throw new Error(answer.problem);
  return answer.set;
}

export const numberOf = (set: LabelSet, name: string) =>
  set.labels.find(({ names }) => names.en === name)!.number;

export async function say(
  { library }: TestSession,
  set: LabelSet,
  photo: number,
  name: string,
  verdict: 'accepted' | 'rejected' | null = 'accepted',
) {
  const verdicts = [{ label: numberOf(set, name), verdict }];
  await library.labelling.labelSets.state(set.id, new Map([[photo, { verdicts }]]));
}

/** Names of the photos that carry a label. */
export const having = async (session: TestSession, label: LabelNumber) =>
  (await session.names({ allOf: [label] })).sort();
