export interface Toast {
  readonly text: string;
  readonly tone?: 'neutral' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void };
  /** What it tells about, such as undoing: it takes the place of what was said about that before. */
  readonly topic?: string;
  /** Stays until it is dismissed. */
  readonly lasting?: boolean;
}

export interface ShownToast extends Toast {
  readonly id: number;
}

/** More would cover the photos; the oldest goes first. */
const limit = 3;

let toasts: readonly ShownToast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly ShownToast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/**
 * Says something in passing, at the bottom of the page; spoken by screen readers. An offer to undo takes the place of an
 * older one: only the last action can be taken back. So does what has the same topic.
 */
export function showToast(toast: Toast): void {
  const isOutdone = ({ action, topic }: Toast) =>
    (toast.action !== undefined && action !== undefined) ||
    (toast.topic !== undefined && toast.topic === topic);
  const others = toasts.filter((other) => !isOutdone(other));
  change([...others, { ...toast, id: nextId++ }].slice(-limit));
}

/** Takes offers back that no longer hold, such as to undo what has been undone otherwise. */
export function dismissOffers(): void {
  change(toasts.filter(({ action }) => action === undefined));
}

export function dismissToast(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

export function shownToasts(): readonly ShownToast[] {
  return toasts;
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
