/** The heat of a cell: 0 where nothing speaks for or against the label, 1 (-1) where most speaks for (against) it. */
export type Heat = Float32Array<ArrayBuffer>;

/** Evidence that is hot at least, logits: faint differences stay faint. */
const leastScale = 2;
/** Orange and blue: told apart whatever colours a person sees. */
const speaksFor = [230, 126, 0] as const;
const speaksAgainst = [0, 102, 204] as const;
const mostOpaque = 0.68;

/**
 * Heat of each cell around the evidence from which the label is given.
 *
 * @param evidence [cells] logits
 * @param threshold logit
 */
export function heatOf(evidence: Float32Array, threshold: number): Heat {
  const beyond = Float32Array.from(evidence, (value) => value - threshold);
  const scale = beyond.reduce((most, value) => Math.max(most, Math.abs(value)), leastScale);
  return beyond.map((value) => value / scale);
}

/** Pixels [cells][RGBA]: orange what speaks for the label, blue what speaks against it, clear what does neither. */
export function heatPixels(heat: Heat): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * heat.length);
  heat.forEach((value, cell) => {
    const [red, green, blue] = value > 0 ? speaksFor : speaksAgainst;
    pixels.set([red, green, blue, 255 * mostOpaque * Math.abs(value)], 4 * cell);
  });
  return pixels;
}

const thirds = ['top', 'middle', 'bottom'] as const;
const sides = ['left', 'centre', 'right'] as const;
export type HeatPlace = `${(typeof thirds)[number]}-${(typeof sides)[number]}`;

/** Where the hottest cell lies, in thirds of the map. @param heat [height][width] */
export function hottestPlace(heat: Heat, width: number): HeatPlace {
  const cell = heat.reduce((best, value, at) => (value > heat[best]! ? at : best), 0);
  const height = heat.length / width;
  const third = (at: number, of: number) => Math.min(2, Math.floor((3 * (at + 0.5)) / of));
  return `${thirds[third(Math.floor(cell / width), height)]!}-${sides[third(cell % width, width)]!}`;
}
