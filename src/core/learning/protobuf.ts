// Just enough of the protocol buffers wire format (https://protobuf.dev/programming-guides/encoding/) for one small
// ONNX graph: varints, and fields with a length.

/** Builds one message, field by field, in the order of the calls. */
export class MessageWriter {
  readonly #parts: Uint8Array[] = [];

  /** @param value whole number, 0..2^53 - 1 */
  number(field: number, value: number): this {
    this.#parts.push(varint(field * 8), varint(value));
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#parts.push(varint(field * 8 + 2), varint(value.length), value);
    return this;
  }

  /** @param value ASCII only: others are refused, nothing is lost unseen */
  text(field: number, value: string): this {
    return this.bytes(
      field,
      Uint8Array.from(value, (character) => {
        const code = character.charCodeAt(0);
        if (code > 0x7f) throw new RangeError(`character ${code} in ${value}; expected ASCII`);
        return code;
      }),
    );
  }

  message(field: number, value: MessageWriter): this {
    return this.bytes(field, value.finish());
  }

  finish(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/** The fields with a length of one message, by number, each as often as it occurs; views into `bytes`. */
export type Fields = ReadonlyMap<number, readonly Uint8Array[]>;

/**
 * Reads one level of a message; numbers are passed over.
 *
 * @returns null when the bytes are not such a message
 */
export function readFields(bytes: Uint8Array): Fields | null {
  const fields = new Map<number, Uint8Array[]>();
  let at = 0;
  /** -1: cut short, or more than 32 bits. */
  const next = (): number => {
    let value = 0;
    for (let shift = 0; shift < 5; shift++) {
      if (at >= bytes.length) return -1;
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * 2 ** (7 * shift);
      if (byte < 0x80) return value;
    }
    return -1;
  };
  while (at < bytes.length) {
    const tag = next();
    const value = next();
    if (tag < 0 || value < 0) return null;
    if (tag % 8 === 0) continue;
    if (tag % 8 !== 2 || at + value > bytes.length) return null;
    const field = Math.floor(tag / 8);
    const found = bytes.subarray(at, at + value);
    at += value;
    const list = fields.get(field);
    if (list === undefined) fields.set(field, [found]);
    else list.push(found);
  }
  return fields;
}
