// The part of the protobuf wire format that an ONNX file needs: messages, strings, varints, packed floats.

/** A message in the making: fields in the order they are added. */
export class Message {
  /** @type {Uint8Array[]} */
  #parts = [];

  /**
   * @param {number} field
   * @param {number} value whole, >= 0
   */
  int(field, value) {
    this.#parts.push(varint(field * 8), varint(value));
    return this;
  }

  /**
   * @param {number} field
   * @param {Message | Uint8Array | string} value
   */
  bytes(field, value) {
    const bytes =
      typeof value === 'string'
        ? new TextEncoder().encode(value)
        : value instanceof Message
          ? value.encode()
          : value;
    this.#parts.push(varint(field * 8 + 2), varint(bytes.length), bytes);
    return this;
  }

  /** @returns {Uint8Array<ArrayBuffer>} */
  encode() {
    const whole = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

/**
 * @param {number} value whole, 0..2^53-1
 * @returns {Uint8Array}
 */
export function varint(value) {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`varint of ${value}; expected a whole number from 0`);
  }
  const bytes = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
