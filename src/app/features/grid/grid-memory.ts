import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';

/** Where the person was in the grid when another screen took its place. */
export interface GridPlace {
  readonly query: PhotoQuery;
  /** First photo in sight, and how far the window had gone past the top of its row, in pixels. */
  readonly top: PhotoId;
  readonly offset: number;
  readonly focused: PhotoId | null;
}

let place: GridPlace | null = null;

export function rememberPlace(next: GridPlace | null): void {
  place = next;
}

/** The place that was left, if the same photos are asked for now. */
export function recallPlace(query: PhotoQuery): GridPlace | null {
  return place !== null && JSON.stringify(place.query) === JSON.stringify(query) ? place : null;
}
