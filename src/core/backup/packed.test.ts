import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from './packed.ts';

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array(),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('any')), fc.dictionary(fc.string(), tie('any'))),
})).any;

/** `__proto__` as a key is data like any other, so objects are compared by their entries. */
function plain(given: unknown): unknown {
  if (given instanceof Uint8Array) return [...given];
  if (Array.isArray(given)) return given.map(plain);
  return typeof given === 'object' && given !== null
    ? Object.entries(given).map(([key, member]) => [key, plain(member)])
    : given;
}

describe('a packed value', () => {
  it('comes back as it was, bytes and any text included', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(plain(unpack(pack(given)))).toEqual(plain(given));
      }),
    );
  });

  it('cannot be mistaken for bytes', () => {
    expect(() => pack({ $bytes: 'no' })).toThrow(RangeError);
  });

  it('that is damaged throws, and never reads outside of its bytes', () => {
    const at = (json: string) =>
      Uint8Array.of(json.length, 0, 0, 0, ...Array.from(json, (c) => c.charCodeAt(0)));
    expect(() => unpack(at('{"$bytes":[0,1]}'))).toThrow(RangeError);
    expect(() => unpack(at('{"$bytes":[-4,1]}'))).toThrow(RangeError);
    expect(() => unpack(at('{"$bytes":7}'))).toThrow(RangeError);
    expect(() => unpack(at('{'))).toThrow(SyntaxError);
    expect(() => unpack(Uint8Array.of(9, 0, 0, 0, 1))).toThrow(RangeError);
    expect(() => unpack(Uint8Array.of(1))).toThrow(RangeError);
  });
});
