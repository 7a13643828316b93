// What the bench of finding by picture needs of the core, bundled by core/load-core.mjs.

export { splitAtCutOff } from '../../../src/app/features/similar/mixed-pool.ts';
export { mixedScores } from '../../../src/app/features/similar/result-scores.ts';
export { colourDistance } from '../../../src/core/image/colour-signature.ts';
export { hashDistance } from '../../../src/core/image/perceptual-hash.ts';
export { PreparedPicture } from '../../../src/core/image/prepared-picture.ts';
export { preprocess } from '../../../src/core/image/preprocess.ts';
export { productScore } from '../../../src/core/image/product-score.ts';
export { hashesOf, innerColourAt, photoSignature } from '../../../src/core/image/signature.ts';
export { verifyPair } from '../../../src/core/image/verify-pair.ts';
export { IdBits } from '../../../src/core/index/id-bits.ts';
export { LiveIndex } from '../../../src/core/index/live-index.ts';
export { recommendedIndex } from '../../../src/core/index/recommended-index.ts';
export { buildSealedPart } from '../../../src/core/index/sealed-part.ts';
export { allowedContents } from '../../../src/core/library/match-query.ts';
export { MixedPhotos } from '../../../src/core/library/mixed-photos.ts';
export { PhotoTable } from '../../../src/core/library/photo-table.ts';
export { ProductPhotos } from '../../../src/core/library/product-photos.ts';
export { SamePictures } from '../../../src/core/library/same-pictures.ts';
export { Signatures } from '../../../src/core/library/signatures.ts';
export { dot } from '../../../src/core/vector/dot.ts';
export { TopK } from '../../../src/core/vector/top-k.ts';
