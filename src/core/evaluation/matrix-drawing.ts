/** A picture as the text of an SVG file, with its size in CSS pixels. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Blue and orange, as on the screen in light colours: told apart whatever colours a person sees. */
const rightColour = '#2f6fb3';
const wrongColour = '#c25700';
const cell = 28;
const margin = 12;
/** Of text of 12 pixels, about. */
const letter = 6.6;
const wideLetter = 12;
const widestName = 220;

/**
 * A confusion matrix on white: actual classes downwards, predicted ones across, each cell the deeper the greater its share.
 * Cells without photos, nearly all of a large matrix, are only lines.
 *
 * @param actual names of the rows
 * @param predicted names of the columns; those of `actual` come first, in the same order
 * @param shares [rows][columns], 0..1
 * @param texts [rows][columns], what stands in the cells with photos
 */
export function drawMatrix(
  title: string,
  actual: readonly string[],
  predicted: readonly string[],
  shares: readonly (readonly number[])[],
  texts: readonly (readonly string[])[],
): Drawing {
  const left = margin + widest(actual) + 6;
  const top = 2 * margin + 16 + widest(predicted);
  const parts: string[] = [];
  const text = (x: number, y: number, words: string, more: string) =>
    parts.push(`<text x="${x}" y="${y}" ${more}>${escaped(words)}</text>`);
  text(margin, margin + 12, title, 'font-weight="600"');
  predicted.forEach((name, c) => {
    const x = left + c * cell + cell / 2 + 4;
    text(x, top - 6, name, `transform="rotate(-90 ${x} ${top - 6})"`);
  });
  const [right, bottom] = [left + predicted.length * cell, top + actual.length * cell];
  const lines = [
    ...Array.from({ length: actual.length + 1 }, (_, r) => `M${left} ${top + r * cell}H${right}`),
    ...Array.from({ length: predicted.length + 1 }, (_, c) => `M${left + c * cell} ${top}V${bottom}`),
  ];
  parts.push(`<path d="${lines.join('')}" fill="none" stroke="#d8d8d8"/>`);
  actual.forEach((name, r) => {
    const y = top + r * cell;
    text(left - 6, y + cell / 2 + 4, name, 'text-anchor="end"');
    predicted.forEach((_, c) => {
      const share = shares[r]![c]!;
      if (share === 0) return;
      const x = left + c * cell;
      const fill = r === c ? rightColour : wrongColour;
      const depth = 0.15 + 0.85 * share;
      parts.push(
        `<rect x="${x}" y="${y}" width="${cell}" height="${cell}" fill="${fill}" fill-opacity="${depth}" stroke="#d8d8d8"/>`,
      );
      const colour = depth > 0.6 ? '#fff' : '#222';
      text(x + cell / 2, y + cell / 2 + 4, texts[r]![c]!, `text-anchor="middle" fill="${colour}"`);
    });
  });
  const width = Math.ceil(right + margin);
  const height = Math.ceil(bottom + margin);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#222">` +
    `<rect width="100%" height="100%" fill="#fff"/>${parts.join('')}</svg>`;
  return { svg, width, height };
}

/** Of the longest name, pixels; names that are longer still run out of the picture rather than fill it. */
function widest(names: readonly string[]): number {
  const width = (name: string) =>
    Array.from(name).reduce((sum, sign) => sum + (sign > '\u2e80' ? wideLetter : letter), 0);
  return Math.min(
    widestName,
    names.reduce((most, name) => Math.max(most, width(name)), 0),
  );
}

function escaped(text: string): string {
  // Control characters are no XML.
  const plain = text.replace(/\p{Cc}/gu, ' ');
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
