/** A size or a point on the stage, CSS pixels. Points count from the stage's centre, x to the right, y down. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the picture is: `scale` 1 fits it into the stage, `x` and `y` lead from the stage's centre to the picture's. */
export interface Zoom extends Point {
  readonly scale: number;
}

/** What bounds a zoom: the stage, the picture's size on it when it fits, and the greatest scale. */
export interface Frame {
  readonly stage: Size;
  readonly fitted: Size;
  readonly maxScale: number;
}

export const fitZoom: Zoom = { scale: 1, x: 0, y: 0 };

/** One press of a zoom key or button. */
export const zoomStep = 1.5;

/** Screen pixels per picture pixel at the greatest scale. */
const closest = 4;

/** `picture`: pixels; `pixelRatio`: screen pixels per CSS pixel. Pictures smaller than the stage are not enlarged. */
export function frameOf(picture: Size, stage: Size, pixelRatio: number): Frame {
  const factor = Math.min(
    stage.width / Math.max(1, picture.width),
    stage.height / Math.max(1, picture.height),
    1 / pixelRatio,
  );
  const fitted = { width: picture.width * factor, height: picture.height * factor };
  const frame = { stage, fitted, maxScale: 1 };
  return { ...frame, maxScale: Math.max(2, actualScale(frame, picture, pixelRatio) * closest) };
}

/** The scale at which one pixel of the picture is one pixel of the screen. */
export function actualScale(frame: Frame, picture: Size, pixelRatio: number): number {
  return frame.fitted.width > 0 ? picture.width / pixelRatio / frame.fitted.width : 1;
}

/** The nearest allowed zoom: scale within 1..maxScale, no gap at a side where the picture is larger than the stage. */
export function clampZoom(zoom: Zoom, frame: Frame): Zoom {
  const scale = Math.min(frame.maxScale, Math.max(1, zoom.scale));
  const slackX = Math.max(0, (frame.fitted.width * scale - frame.stage.width) / 2);
  const slackY = Math.max(0, (frame.fitted.height * scale - frame.stage.height) / 2);
  return {
    scale,
    x: Math.min(slackX, Math.max(-slackX, zoom.x)),
    y: Math.min(slackY, Math.max(-slackY, zoom.y)),
  };
}

/** Scales to `scale`; what is at `point` stays there as far as the bounds allow. */
export function zoomTo(zoom: Zoom, scale: number, point: Point, frame: Frame): Zoom {
  const bounded = Math.min(frame.maxScale, Math.max(1, scale));
  const factor = bounded / zoom.scale;
  return clampZoom(
    {
      scale: bounded,
      x: point.x - (point.x - zoom.x) * factor,
      y: point.y - (point.y - zoom.y) * factor,
    },
    frame,
  );
}

export function panBy(zoom: Zoom, dx: number, dy: number, frame: Frame): Zoom {
  return clampZoom({ ...zoom, x: zoom.x + dx, y: zoom.y + dy }, frame);
}

/** Two fingers moved from `before` to `after`: the picture follows both. */
export function pinch(
  zoom: Zoom,
  before: readonly [Point, Point],
  after: readonly [Point, Point],
  frame: Frame,
): Zoom {
  const spread = (points: readonly [Point, Point]) =>
    Math.max(1, Math.hypot(points[0].x - points[1].x, points[0].y - points[1].y));
  const middle = (points: readonly [Point, Point]) => ({
    x: (points[0].x + points[1].x) / 2,
    y: (points[0].y + points[1].y) / 2,
  });
  const from = middle(before);
  const to = middle(after);
  const scaled = zoomTo(zoom, (zoom.scale * spread(after)) / spread(before), from, frame);
  return panBy(scaled, to.x - from.x, to.y - from.y, frame);
}

/** The scale after a turn of the wheel by `deltaY` pixels. */
export function wheelScale(scale: number, deltaY: number): number {
  // A trackpad's pinch sends small steps, a mouse wheel steps of about 100: neither may jump.
  return scale * Math.exp(-Math.max(-120, Math.min(120, deltaY)) * 0.004);
}

/** What a sideways drag over `dx` pixels in `milliseconds` asks for: -1 previous, 1 next, 0 nothing. */
export function swipeOf(dx: number, dy: number, milliseconds: number, stageWidth: number): -1 | 0 | 1 {
  if (Math.abs(dx) < Math.abs(dy) * 1.5) return 0;
  const quick = Math.abs(dx) > 40 && Math.abs(dx) / Math.max(1, milliseconds) > 0.4;
  const far = Math.abs(dx) > stageWidth / 3;
  if (!quick && !far) return 0;
  return dx < 0 ? 1 : -1;
}
