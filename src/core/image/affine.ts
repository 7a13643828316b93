/** (x, y) -> (a x + b y + c, d x + e y + f), pixels. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function apply({ a, b, c, d, e, f }: Affine, { x, y }: Point): Point {
  return { x: a * x + b * y + c, y: d * x + e * y + f };
}

/** Area of the image of a unit square; negative when the picture is mirrored. */
export function determinant({ a, b, d, e }: Affine): number {
  return a * e - b * d;
}

/** Null where the image is a line or a point. */
export function inverse(t: Affine): Affine | null {
  const det = determinant(t);
  if (Math.abs(det) < 1e-9) return null;
  const [a, b, d, e] = [t.e / det, -t.b / det, -t.d / det, t.a / det];
  return { a, b, c: -(a * t.c + b * t.f), d, e, f: -(d * t.c + e * t.f) };
}

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  return {
    a: outer.a * inner.a + outer.b * inner.d,
    b: outer.a * inner.b + outer.b * inner.e,
    c: outer.a * inner.c + outer.b * inner.f + outer.c,
    d: outer.d * inner.a + outer.e * inner.d,
    e: outer.d * inner.b + outer.e * inner.e,
    f: outer.d * inner.c + outer.e * inner.f + outer.f,
  };
}

/**
 * Least squares over pairs of points; null where they lie on a line, or are fewer than three.
 *
 * @param from [n] to `to` [n]
 */
export function fitAffine(from: readonly Point[], to: readonly Point[]): Affine | null {
  const n = from.length;
  if (n < 3) return null;
  const mean = (points: readonly Point[]): Point => ({
    x: points.reduce((sum, p) => sum + p.x, 0) / n,
    y: points.reduce((sum, p) => sum + p.y, 0) / n,
  });
  const [m, k] = [mean(from), mean(to)];
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [from[i]!.x - m.x, from[i]!.y - m.y];
    const [u, v] = [to[i]!.x - k.x, to[i]!.y - k.y];
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
  return { a, b, c: k.x - a * m.x - b * m.y, d, e, f: k.y - d * m.x - e * m.y };
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
