// @ts-check
// Written for the oldest Node that knows modules: it must be able to say that it is too old.

/** Says so and ends the process when this Node cannot build Picsift (20.19 or later of 20, 22.12 or later). */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const recent = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (recent) return;
  console.error(
    `Picsift needs Node.js 20.19 or later, or 22.12 or later; this is ${process.versions.node}. Get one at https://nodejs.org`,
  );
  process.exit(1);
}
