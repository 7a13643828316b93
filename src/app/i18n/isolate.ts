/** Unicode's first-strong isolate: what follows, up to its end, takes its own direction and leaves the rest alone. */
const open = '\u2068';
const close = '\u2069';

/** Letters written from right to left (the blocks that Unicode keeps for them), and invisible controls of direction. */
const foreignDirection =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFE\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * A value as it can stand within a sentence: its direction, or a control in it, never turns the words around it. Values
 * without any of those are left as they are. Isolates within the value are balanced, so that it cannot end the one
 * around it; embeddings and overrides end with that (Unicode Standard Annex #9, rules X5a to X7).
 */
export function isolateDirection(value: string): string {
  if (!foreignDirection.test(value)) return value;
  let depth = 0;
  let inner = '';
  for (const character of value) {
    if (character === close) {
      if (depth === 0) continue;
      depth--;
    } else if (character >= '\u2066' && character <= '\u2068') depth++;
    inner += character;
  }
  return `${open}${inner}${close.repeat(depth + 1)}`;
}
