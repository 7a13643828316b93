import { lazy } from 'react';
import { withTexts } from './i18n/start.ts';

/** The screens beside the photos: a name in [Note: Screens] gets its component here. Each is a chunk of its own. */
export const screenComponents = {
  duplicates: lazy(() => withTexts(import('./features/duplicates/DuplicatesScreen.tsx'))),
  evaluate: lazy(() => withTexts(import('./features/evaluate/EvaluateScreen.tsx'))),
  labels: lazy(() => withTexts(import('./features/labels/LabelsScreen.tsx'))),
} as const;
