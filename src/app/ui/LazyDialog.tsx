import { lazy, Suspense } from 'react';
import type { DialogProps } from './Dialog.tsx';

const Dialog = lazy(() => import('./Dialog.tsx').then((module) => ({ default: module.Dialog })));

/**
 * A `Dialog` whose code is loaded once this is there, open or not: for what is there from the first paint on, which needs no
 * dialog.
 */
export function LazyDialog(props: DialogProps) {
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  );
}
