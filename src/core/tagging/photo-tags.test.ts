import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelNumber, Verdict } from './label.ts';
import { PhotoTags } from './photo-tags.ts';

const label = fc.nat(6) as fc.Arbitrary<LabelNumber>;
const photo = fc.nat(8);
const change = fc.oneof(
  fc.record({ kind: fc.constant('model' as const), photo, labels: fc.uniqueArray(label) }),
  fc.record({
    kind: fc.constant('verdict' as const),
    photo,
    label,
    verdict: fc.constantFrom<Verdict | null>('accepted', 'rejected', null),
  }),
);

/** The same, told plainly. */
class PlainTags {
  readonly model = new Map<number, Set<LabelNumber>>();
  readonly verdicts = new Map<string, Verdict>();

  has(photo: number, label: LabelNumber): boolean {
    const verdict = this.verdicts.get(`${photo} ${label}`);
    return verdict === undefined ? this.model.get(photo)?.has(label) === true : verdict === 'accepted';
  }
}

describe("a photo's tags", () => {
  it("are the model's, outranked by the person's verdicts, whatever came first", () => {
    fc.assert(
      fc.property(fc.array(change), label, label, (changes, one, other) => {
        const tags = new PhotoTags();
        const plain = new PlainTags();
        for (const step of changes) {
          if (step.kind === 'model') {
            tags.setModelTags(step.photo, step.labels);
            plain.model.set(step.photo, new Set(step.labels));
          } else {
            tags.setVerdict(step.photo, step.label, step.verdict);
            if (step.verdict === null) plain.verdicts.delete(`${step.photo} ${step.label}`);
            else plain.verdicts.set(`${step.photo} ${step.label}`, step.verdict);
          }
        }
        const photos = Uint32Array.from({ length: 9 }, (_, i) => i);
        const counts = new Uint32Array(7);
        tags.count(photos, counts);
        const matches = tags.matcher([one], [], [other]);
        const any = tags.matcher([], [one, other], []);
        for (let number = 0; number < 7; number++) {
          const expected = [...photos].filter((id) => plain.has(id, number as LabelNumber));
          expect(counts[number]).toBe(expected.length);
        }
        for (const id of photos) {
          expect(matches(id)).toBe(plain.has(id, one) && !plain.has(id, other));
          expect(any(id)).toBe(plain.has(id, one) || plain.has(id, other));
          expect(new Set(tags.get(id)).size).toBe(tags.get(id).length);
        }
      }),
    );
  });
});
