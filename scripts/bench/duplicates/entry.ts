// What the bench of duplicates needs of the core, bundled by core/load-core.mjs.
export { PairSearch } from '../../../src/core/dedup/find-pairs.ts';
export { groupPairs } from '../../../src/core/dedup/group-pairs.ts';
export { PictureHashes } from '../../../src/core/dedup/picture-hashes.ts';
export { IdBits } from '../../../src/core/index/id-bits.ts';
export { LiveIndex } from '../../../src/core/index/live-index.ts';
export { seededRandom } from '../../../src/core/index/random.ts';
export { recommendedIndex } from '../../../src/core/index/recommended-index.ts';
export { runSteps } from '../../../src/core/index/run-steps.ts';
export { buildSealedPart } from '../../../src/core/index/sealed-part.ts';
export { recordBytes, recordSource, writeVector } from '../../../src/core/index/stored-vectors.ts';
