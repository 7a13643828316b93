// What the bench of duplicates needs of the core, bundled by core/load-core.mjs.
export { PairSearch } from '../../../src/core/dedup/find-pairs.ts';
export { PairColumns } from '../../../src/core/dedup/pair-columns.ts';
export { PictureLooks } from '../../../src/core/dedup/picture-looks.ts';
export { signatureBytes } from '../../../src/core/image/signature.ts';
export { seededRandom } from '../../../src/core/index/random.ts';
export { listRows } from '../../../src/core/index/row-lists.ts';
export { runSteps } from '../../../src/core/index/run-steps.ts';
export { recordBytes, recordSource, writeVector } from '../../../src/core/index/stored-vectors.ts';
export { DuplicateLists } from '../../../src/core/library/duplicate-lists.ts';
export { everything, scopeTest } from '../../../src/core/library/duplicate-scope.ts';
export { PhotoTable } from '../../../src/core/library/photo-table.ts';
