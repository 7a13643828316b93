import type { ComponentType } from 'react';

/** A part that nobody waits for: where it cannot be loaded, which the browser tells, the rest goes on without. */
export function unasked<Props>(load: Promise<{ default: ComponentType<Props> }>) {
  return load.catch(() => ({ default: (() => null) as ComponentType<Props> }));
}
