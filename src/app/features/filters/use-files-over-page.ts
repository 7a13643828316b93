import { useEffect, useState } from 'react';

/** Whether files are being dragged over the page: the box then says what dropping them here does. */
export function useFilesOverPage(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Every element under the pointer sends its own enter and leave.
    let depth = 0;
    const count = (change: 1 | -1) => (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      depth = Math.max(0, depth + change);
      setOver(depth > 0);
    };
    const enter = count(1);
    const leave = count(-1);
    const end = () => {
      depth = 0;
      setOver(false);
    };
    window.addEventListener('dragenter', enter, true);
    window.addEventListener('dragleave', leave, true);
    window.addEventListener('drop', end, true);
    return () => {
      window.removeEventListener('dragenter', enter, true);
      window.removeEventListener('dragleave', leave, true);
      window.removeEventListener('drop', end, true);
    };
  }, []);
  return over;
}
