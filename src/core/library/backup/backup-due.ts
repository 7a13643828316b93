/** How old the last backup may become where the browser may clear the library. */
const longest = 30 * 86_400_000;

/** Whether the person should be told to make a backup. Times are milliseconds since 1970. */
export function isBackupDue(library: {
  /** The browser keeps it until the person removes it. */
  readonly persisted: boolean;
  /** When the last backup was saved; null: never. */
  readonly lastAt: number | null;
  /** When the first photo came; null: there is none. */
  readonly since: number | null;
  readonly now: number;
}): boolean {
  const { persisted, lastAt, since, now } = library;
  return !persisted && since !== null && now - (lastAt ?? since) > longest;
}
