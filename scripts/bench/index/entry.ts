// What the bench of the index needs of the core, bundled by core/load-core.mjs.
export { clusteredVectors } from '../../../src/core/index/clustered-vectors.ts';
export { CodedSearch } from '../../../src/core/index/coded-search.ts';
export { FlatIndex } from '../../../src/core/index/flat-index.ts';
export { LiveIndex } from '../../../src/core/index/live-index.ts';
export { seededRandom } from '../../../src/core/index/random.ts';
export { recommendedIndex } from '../../../src/core/index/recommended-index.ts';
export { runSteps } from '../../../src/core/index/run-steps.ts';
export { buildSealedPart, sealedBytes } from '../../../src/core/index/sealed-part.ts';
export { openSnapshot, writeSnapshot } from '../../../src/core/index/snapshot.ts';
