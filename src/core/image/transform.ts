/**
 * A plane projective transform: (x, y) -> (a x + b y + c, d x + e y + f) / (g x + h y + 1), pixels; affine where g and h
 * are 0.
 */
export interface Transform {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
  readonly g: number;
  readonly h: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function apply({ a, b, c, d, e, f, g, h }: Transform, { x, y }: Point): Point {
  const w = g * x + h * y + 1;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}

/** The affine transform that is nearest to it around a place. */
export function affineAt({ a, b, d, e, g, h, ...rest }: Transform, at: Point): Transform {
  const w = g * at.x + h * at.y + 1;
  const to = apply({ a, b, d, e, g, h, ...rest }, at);
  const [ja, jb] = [(a - to.x * g) / w, (b - to.x * h) / w];
  const [jd, je] = [(d - to.y * g) / w, (e - to.y * h) / w];
  return {
    a: ja,
    b: jb,
    c: to.x - ja * at.x - jb * at.y,
    d: jd,
    e: je,
    f: to.y - jd * at.x - je * at.y,
    g: 0,
    h: 0,
  };
}

/** Area of the image of a unit square by an affine transform; negative when it mirrors. */
export function determinant({ a, b, d, e }: Transform): number {
  return a * e - b * d;
}

/** Null where the image is a line or a point. */
export function inverse({ a, b, c, d, e, f, g, h }: Transform): Transform | null {
  const last = a * e - b * d;
  const full = a * (e - f * h) - b * (d - f * g) + c * (d * h - e * g);
  if (Math.abs(last) < 1e-9 || Math.abs(full) < 1e-9) return null;
  return {
    a: (e - f * h) / last,
    b: (c * h - b) / last,
    c: (b * f - c * e) / last,
    d: (f * g - d) / last,
    e: (a - c * g) / last,
    f: (c * d - a * f) / last,
    g: (d * h - e * g) / last,
    h: (b * g - a * h) / last,
  };
}

/** Places (x, y) of one picture, and (u, v) of another one, that belong together; pixels. [n] each */
export interface PlacePairs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/**
 * Least squares (of the equations times their denominators) over pairs of places; null where they do not determine it.
 *
 * @param rows of `pairs` that count
 * @param size places are around 0..`size`
 */
export function fitProjective(pairs: PlacePairs, rows: Int32Array, size: number): Transform | null {
  if (rows.length < 8) return null;
  const sums = Array.from({ length: 8 }, () => new Float64Array(9));
  const equation = new Float64Array(9);
  const add = () => {
    for (let i = 0; i < 8; i++) {
      const [sum, factor] = [sums[i]!, equation[i]!];
      if (factor === 0) continue;
      for (let j = 0; j < 9; j++) sum[j] = sum[j]! + factor * equation[j]!;
    }
  };
  for (const row of rows) {
    // In units of the size, so that all sums are of one order.
    const [x, y] = [pairs.x[row]! / size, pairs.y[row]! / size];
    const [u, v] = [pairs.u[row]! / size, pairs.v[row]! / size];
    equation.set([x, y, 1, 0, 0, 0, -u * x, -u * y, u]);
    add();
    equation.set([0, 0, 0, x, y, 1, -v * x, -v * y, v]);
    add();
  }
  const solved = solve(sums);
  if (solved === null) return null;
  const [a, b, c, d, e, f, g, h] = solved as [number, number, number, number, number, number, number, number];
  return { a, b, c: c * size, d, e, f: f * size, g: g / size, h: h / size };
}

/** Gauss elimination with pivots. @param rows [n, n + 1], changed */
function solve(rows: Float64Array[]): number[] | null {
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let j = i + 1; j < n; j++) if (Math.abs(rows[j]![i]!) > Math.abs(rows[pivot]![i]!)) pivot = j;
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    if (Math.abs(rows[i]![i]!) < 1e-9) return null;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const factor = rows[j]![i]! / rows[i]![i]!;
      for (let k = i; k <= n; k++) rows[j]![k] = rows[j]![k]! - factor * rows[i]![k]!;
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}

/**
 * Least squares over pairs of places; null where they lie on a line, or are fewer than three.
 *
 * @param rows of `pairs` that count
 */
export function fitAffine(pairs: PlacePairs, rows: Int32Array): Transform | null {
  const n = rows.length;
  if (n < 3) return null;
  let [mx, my, mu, mv] = [0, 0, 0, 0];
  for (const row of rows) {
    mx += pairs.x[row]! / n;
    my += pairs.y[row]! / n;
    mu += pairs.u[row]! / n;
    mv += pairs.v[row]! / n;
  }
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (const row of rows) {
    const [x, y] = [pairs.x[row]! - mx, pairs.y[row]! - my];
    const [u, v] = [pairs.u[row]! - mu, pairs.v[row]! - mv];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xu += x * u;
    yu += y * u;
    xv += x * v;
    yv += y * v;
  }
  const det = xx * yy - xy * xy;
  // Points along a line leave one direction open.
  if (det <= 1e-3 * (xx + yy) ** 2) return null;
  const a = (xu * yy - yu * xy) / det;
  const b = (yu * xx - xu * xy) / det;
  const d = (xv * yy - yv * xy) / det;
  const e = (yv * xx - xv * xy) / det;
  return { a, b, c: mu - a * mx - b * my, d, e, f: mv - d * mx - e * my, g: 0, h: 0 };
}

/** Part of a convex polygon within the rectangle (0, 0) to (width, height) (Sutherland and Hodgman 1974). */
export function clipToRectangle(polygon: readonly Point[], width: number, height: number): Point[] {
  const sides: ((p: Point) => number)[] = [(p) => p.x, (p) => width - p.x, (p) => p.y, (p) => height - p.y];
  let points = [...polygon];
  for (const inside of sides) {
    const kept: Point[] = [];
    points.forEach((p, i) => {
      const q = points[(i + 1) % points.length]!;
      const [here, next] = [inside(p), inside(q)];
      if (here >= 0) kept.push(p);
      if (here >= 0 !== next >= 0) {
        const t = here / (here - next);
        kept.push({ x: p.x + t * (q.x - p.x), y: p.y + t * (q.y - p.y) });
      }
    });
    points = kept;
  }
  return points;
}

/** Area of a simple polygon, pixels. */
export function areaOf(polygon: readonly Point[]): number {
  let twice = 0;
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length]!;
    twice += p.x * q.y - q.x * p.y;
  });
  return Math.abs(twice) / 2;
}

/** Corners of a rectangle, clockwise on a screen. */
export function cornersOf(width: number, height: number): Point[] {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
}
