import { describe, expect, it } from 'vitest';
import { cutOut } from '../image/content-box.ts';
import { madePicture } from '../image/made-picture.ts';
import { photoSignature, signatureBytes } from '../image/signature.ts';
import { normalise } from '../vector/dot.ts';
import { nearDuplicates, nearTest } from './near-duplicates.ts';
import { seededUniform } from './random.ts';

const dims = 64;

/** Random directions; row `copyOf[r]` again, slightly changed, where given. */
function made(count: number, copyOf: ReadonlyMap<number, number>): Float32Array {
  const uniform = seededUniform(7);
  const rows = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) {
    const source = copyOf.get(row);
    const own = Float32Array.from({ length: dims }, (_, c) =>
      source === undefined ? uniform() - 0.5 : rows[source * dims + c]! + (uniform() - 0.5) * 0.02,
    );
    rows.set(normalise(own), row * dims);
  }
  return rows;
}

describe('near-duplicates', () => {
  it('are found among hundreds of others, in a row of copies, and by equal content', () => {
    const rows = made(
      400,
      new Map([
        [350, 10],
        [399, 350],
        [200, 30],
      ]),
    );
    const contents = Array.from({ length: 400 }, (_, row) => (row === 60 ? 59 : row));
    const groups = nearDuplicates(rows, dims, contents, null)!;
    expect([groups[10], groups[350], groups[399]]).toEqual([10, 10, 10]);
    expect([groups[30], groups[200]]).toEqual([30, 30]);
    expect([groups[59], groups[60]]).toEqual([59, 59]);
    const isNear = nearTest(rows, dims, null);
    expect([isNear(10, 350), isNear(30, 200), isNear(10, 200), isNear(59, 60)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(groups.filter((group) => group >= 0)).toHaveLength(7);
  });

  it('are none among photos that differ', () => {
    expect(
      nearDuplicates(
        made(50, new Map()),
        dims,
        Array.from({ length: 50 }, (_, row) => row),
        null,
      ),
    ).toBeNull();
  });

  it('that do not look alike are different photos of like things; what is nearly the same and looks so is one', () => {
    // A scene, made darker, cropped a little; another scene. All four embeddings are as near as those of products on white.
    const scene = madePicture(3);
    const dark = { ...scene, rgba: scene.rgba.map((value, at) => (at % 4 === 3 ? value : value * 0.9)) };
    const cut = cutOut(scene, { left: 3, top: 2, width: 235, height: 177 });
    const pictures = [scene, dark, cut, madePicture(11)];
    const signatures = new Uint8Array(40 * signatureBytes);
    pictures.forEach((picture, row) => {
      signatures.set(photoSignature(picture), row * signatureBytes);
    });
    const rows = made(40, new Map([1, 2, 3].map((row) => [row, 0])));
    const contents = Array.from({ length: 40 }, (_, row) => row);
    const four = () => Array.from(nearDuplicates(rows, dims, contents, signatures)!.subarray(0, 4));
    expect(four()).toEqual([0, 0, 0, -1]);
    // Of a photo whose looks are not known yet the embedding alone decides.
    signatures.fill(0, 3 * signatureBytes);
    expect(four()).toEqual([0, 0, 0, 0]);
  });
});
