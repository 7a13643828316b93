import { lazy, Suspense, useEffect, useState } from 'react';
import type { DialogProps } from './Dialog.tsx';

const load = () => import('./Dialog.tsx');
const Dialog = lazy(() => load().then((module) => ({ default: module.Dialog })));

/**
 * A `Dialog` whose code is loaded once this is there, open or not: for what is there from the first paint on, which needs no
 * dialog. That it cannot be loaded is told once it is to open, and keeps nobody from the rest.
 */
export function LazyDialog(props: DialogProps) {
  const { isOpen } = props;
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  useEffect(() => {
    load().catch(() => {}); // asked for again when it opens
  }, []);
  return <Suspense>{wasOpen && <Dialog {...props} />}</Suspense>;
}
