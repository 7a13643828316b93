import type { StoredFolder } from './stored-rows.ts';

/** A folder that the person picked, once, however often it was picked. */
export interface PickedFolder {
  stored: StoredFolder;
  /** Other numbers of the same folder, from libraries that did not look for it. */
  readonly aliases: number[];
  permission: 'granted' | 'prompt' | 'denied';
  isGone: boolean;
  stopObserving: (() => void) | null;
}

export function numbersOf({ stored, aliases }: PickedFolder): number[] {
  return [stored.number, ...aliases];
}

export function isFollowed({ stored }: PickedFolder): boolean {
  return stored.isFollowed ?? true;
}

export function needsPermission(folder: PickedFolder): boolean {
  return isFollowed(folder) && folder.permission !== 'granted';
}
