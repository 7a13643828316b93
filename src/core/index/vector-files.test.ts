import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLines, readFvecs, readNpy, VectorFileError, writeFvecs, writeNpy } from './vector-files.ts';

const vectors = Float32Array.from({ length: 12 }, (_, i) => i / 7);

describe('vector files', () => {
  it('bring vectors back', () => {
    expect(readNpy(writeNpy(vectors, 4))).toEqual({ count: 3, dim: 4, vectors });
    expect(readFvecs(writeFvecs(vectors, 4))).toEqual({ count: 3, dim: 4, vectors });
  });

  it('have the layout that others read', () => {
    const npy = writeNpy(vectors, 4);
    expect(npy.length).toBe(128 + 48);
    expect(String.fromCharCode(...npy.subarray(10, 71))).toBe(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }  ",
    );
    expect(npy[127]).toBe(10);
    expect([...writeFvecs(vectors, 4).subarray(0, 8)]).toEqual([4, 0, 0, 0, 0, 0, 0, 0]);
  });

  const python = process.env.PICSIFT_PYTHON ?? 'python3';
  const hasNumpy = spawnSync(python, ['-c', 'import numpy']).status === 0;
  it.skipIf(!hasNumpy)('are read by NumPy', () => {
    const script =
      'import numpy,sys,io; a=numpy.load(io.BytesIO(sys.stdin.buffer.read())); print(a.shape, a[2,3])';
    const { stdout } = spawnSync(python, ['-c', script], { input: writeNpy(vectors, 4) });
    expect(stdout.toString().trim()).toMatch(/^\(3, 4\) (np\.float32\()?1\.57/);
  });

  it('tell of each vector on a line of its own, whatever its name holds', () => {
    const text = jsonLines([{ id: 7, name: 'a\n"b"', tags: ['狗', 'dog'] }]);
    expect(text).toBe('{"id":7,"name":"a\\n\\"b\\"","tags":["狗","dog"]}\n');
  });

  it('that are something else are refused, never crash', () => {
    for (const read of [readNpy, readFvecs]) {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, begin) => {
          const bytes = begin ? Uint8Array.from([...writeNpy(vectors, 4).subarray(0, 60), ...noise]) : noise;
          try {
            read(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(VectorFileError);
          }
        }),
      );
      expect(() => read(writeNpy(vectors, 4).subarray(0, -1))).toThrow(VectorFileError);
    }
  });
});
