import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isolateDirection } from './isolate.ts';

it('leaves ordinary names as they are, whatever their script', () => {
  for (const name of [
    'By keys alone',
    'x.jpg',
    '照片 3.png',
    'é.jpg',
    '👩‍👩‍👧 🌅 à la plage.jpg',
    'Ελλάδα',
    '',
  ]) {
    expect(isolateDirection(name)).toBe(name);
  }
});

it('isolates names from right to left and those with controls of direction', () => {
  expect(isolateDirection('תמונה.jpg')).toBe('\u2068תמונה.jpg\u2069');
  expect(isolateDirection('صورة')).toBe('\u2068صورة\u2069');
  expect(isolateDirection('𞤀𞤁')).toBe('\u2068𞤀𞤁\u2069');
  expect(isolateDirection('holiday\u202Egpj.exe.jpg')).toBe('\u2068holiday\u202Egpj.exe.jpg\u2069');
});

it('is not ended by an end in the value, nor left open by a beginning in it', () => {
  expect(isolateDirection('a\u2069\u202Eb')).toBe('\u2068a\u202Eb\u2069');
  expect(isolateDirection('a\u2067b')).toBe('\u2068a\u2067b\u2069\u2069');
  expect(isolateDirection('a\u2067b\u2069c\u2069d')).toBe('\u2068a\u2067b\u2069cd\u2069');
});

it('always ends where the value ends, and keeps all that is seen', () => {
  const piece = fc.constantFrom('a', 'ש', '\u202E', '\u202C', '\u2066', '\u2067', '\u2068', '\u2069');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const isolated = isolateDirection(pieces.join(''));
      let depth = 0;
      for (const [at, character] of [...isolated].entries()) {
        if ('\u2066\u2067\u2068'.includes(character)) depth++;
        if (character === '\u2069') depth--;
        if (isolated.length > 1 && isolated.startsWith('\u2068') && at < isolated.length - 1) {
          expect(depth).toBeGreaterThan(0);
        }
      }
      expect(depth).toBe(0);
      const seen = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '');
      expect(seen(isolated)).toBe(seen(pieces.join('')));
    }),
  );
});
