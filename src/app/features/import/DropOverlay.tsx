import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon.tsx';
import { useIntake } from './use-intake.ts';
import './import.css';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

/**
 * Takes files and folders that are dropped anywhere on the page, and pictures that are pasted. A part of the page that
 * wants a drop for itself prevents the event's default.
 */
export function DropOverlay() {
  const { t } = useTranslation();
  const intake = useIntake();
  const latest = useRef(intake);
  latest.current = intake;
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Every element under the pointer sends its own enter and leave.
    let depth = 0;
    const end = () => {
      depth = 0;
      setOver(false);
    };
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth++;
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth--;
      if (depth <= 0) end();
    };
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent) => {
      end();
      if (!carriesFiles(event) || event.defaultPrevented) return;
      // Without this the browser leaves the page and shows the file.
      event.preventDefault();
      if (event.dataTransfer !== null) latest.current.fromDrop(event.dataTransfer);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!event.defaultPrevented) latest.current.fromPaste(event);
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    // The search box stops a drop that it takes: only the capture phase sees it end.
    window.addEventListener('drop', end, { capture: true });
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('drop', end, { capture: true });
      window.removeEventListener('paste', onPaste);
    };
  }, []);

  if (!over) return null;
  return (
    <div className="drop-overlay" aria-hidden="true">
      <div className="drop-overlay__card">
        <Icon name="upload" size={36} />
        <p className="drop-overlay__title">{t('import.drop')}</p>
        <p className="drop-overlay__text">{t('import.dropDetail')}</p>
      </div>
    </div>
  );
}
