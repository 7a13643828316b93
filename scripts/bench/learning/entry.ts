// What the bench of teaching needs of the core, bundled by core/load-core.mjs.
export { FitLanes } from '../../../src/core/learning/fit-lanes.ts';
export { outputsOf } from '../../../src/core/learning/head.ts';
export { madeLesson } from '../../../src/core/learning/made-lesson.ts';
export { scoreLibrary } from '../../../src/core/learning/score.ts';
export { teachInLanes } from '../../../src/core/learning/teach-in-lanes.ts';
export { defaultTeachOptions } from '../../../src/core/learning/teaching.ts';
