/**
 * [Note: Packed values]
 * A payload: plain values as JSON in ASCII, in which `{"$bytes": [offset, length]}` stands for bytes that follow. Layout:
 * u32 length of the JSON, the JSON, then the bytes. No key of a packed value may be `$bytes`.
 */

/** @throws RangeError for an object with the key `$bytes` */
export function pack(value: unknown): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const json = JSON.stringify(value, (key, member: unknown) => {
    if (key === '$bytes' && !Array.isArray(member)) throw new RangeError('a packed value has a key "$bytes"');
    if (!(member instanceof Uint8Array)) return member;
    parts.push(member);
    const reference = { $bytes: [length, member.length] };
    length += member.length;
    return reference;
  }).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const packed = new Uint8Array(4 + json.length + length);
  new DataView(packed.buffer).setUint32(0, json.length, true);
  for (let i = 0; i < json.length; i++) packed[4 + i] = json.charCodeAt(i);
  let at = 4 + json.length;
  for (const part of parts) {
    packed.set(part, at);
    at += part.length;
  }
  return packed;
}

/**
 * The value of a payload; its bytes are views of `packed`.
 *
 * @throws SyntaxError, RangeError for what `pack` did not make
 */
export function unpack(packed: Uint8Array<ArrayBuffer>): unknown {
  if (packed.length < 4) throw new RangeError(`a payload of ${packed.length} bytes; expected at least 4`);
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true);
  const start = 4 + length;
  if (start > packed.length) {
    throw new RangeError(`${length} bytes of JSON in a payload of ${packed.length}`);
  }
  return JSON.parse(textOf(packed.subarray(4, start)), (_, member: unknown) => {
    const place = typeof member === 'object' && member !== null && '$bytes' in member ? member.$bytes : null;
    if (place === null) return member;
    const [offset, count] = Array.isArray(place) ? (place as unknown[]) : [];
    if (!isCount(offset) || !isCount(count) || start + offset + count > packed.length) {
      throw new RangeError(`bytes at ${JSON.stringify(place)}, outside of the payload`);
    }
    return packed.subarray(start + offset, start + offset + count);
  });
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** ASCII, in parts that fit into a call. */
function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}
