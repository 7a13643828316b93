import type { LibraryCalls } from '../../engine/connection.ts';

/**
 * Keeps what a set says before it is taught anew, in the place of what was kept so before: a version that Evaluate compares the
 * new answers with. Where nothing is judged, or more than a version holds, there is none.
 */
export async function keepBefore(library: LibraryCalls, set: number, name: string): Promise<void> {
  const before = (await library.keptVersions(set)).filter((version) => version.name === name);
  const kept = await library.keepVersion(set, name, {});
  if (typeof kept === 'string') return;
  for (const { number } of before) await library.deleteVersion(number);
}
