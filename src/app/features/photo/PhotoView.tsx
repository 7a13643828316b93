import { useEffect, useMemo, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { LabelNumber } from '../../../core/tagging/label.ts';
import { leave, navigate, useFragment } from '../../engine/fragment.ts';
import { useLibrary, usePhoto, useQuery, useView } from '../../engine/hooks.ts';
import { useLinkedPhotos } from '../../engine/linked-photos.ts';
import { useSequence } from '../../engine/sequence.ts';
import { useStoredFlag } from '../../engine/use-remembered.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';
import { showToast } from '../../ui/toasts.ts';
import { InfoPanel } from './InfoPanel.tsx';
import { Stage } from './Stage.tsx';
import { TopBar } from './TopBar.tsx';
import { useKeys } from './use-keys.ts';
import { useOnceKnown } from './use-once-known.ts';
import './photo-view.css';

/** The open photo over everything else; Escape closes it. */
export default function PhotoView() {
  const { photo } = useFragment();
  const { t } = useTranslation();
  const missing = useLinkedPhotos();
  const isMissing = photo !== null && missing?.has(photo) === true;
  useEffect(() => {
    if (!isMissing) return;
    showToast({ text: t('similar.notHere') });
    close();
  }, [isMissing, t]);
  if (photo === null || missing === null || isMissing) return null;
  return (
    <ModalOverlay
      className="photo-scrim"
      isOpen
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Modal className="photo-modal">
        <Dialog className="photo-view" aria-label={t('photo.title')}>
          <OpenPhoto id={photo} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** So long a photo is in sight before it counts as looked at: not while paging through. */
const lookMilliseconds = 1500;

function useNoteOpened(id: PhotoId): void {
  const library = useLibrary();
  useEffect(() => {
    const timer = setTimeout(() => {
      library.noteOpened(id).catch(ignoreWorkerDied);
    }, lookMilliseconds);
    return () => clearTimeout(timer);
  }, [id, library]);
}

function close(): void {
  leave({ photo: null });
}

function show(id: PhotoId | null): void {
  navigate({ photo: id }, 'replace');
}

function OpenPhoto({ id }: { readonly id: PhotoId }) {
  const view = useView(useQuery());
  const ids = useSequence() ?? view?.ids ?? null;
  const photo = usePhoto(id);
  const [info, setInfo] = useStoredFlag('picsift.photo-info', true);
  const [why, setWhy] = useState<LabelNumber | null>(null);
  const tagField = useRef<HTMLInputElement>(null);
  const onceKnown = useOnceKnown(id, photo);
  useNoteOpened(id);

  const { index, previous, next } = useMemo(() => {
    const index = ids?.indexOf(id) ?? -1;
    const at = (i: number) => (index < 0 ? null : ((ids?.[i] ?? null) as PhotoId | null));
    return { index, previous: at(index - 1), next: at(index + 1) };
  }, [ids, id]);

  useKeys((key) => {
    if (key === 'i') setInfo(!info);
    else if (key === 's') navigate({ similar: id, photo: null });
    else if (key === 't') {
      setInfo(true);
      onceKnown(() => setTimeout(() => tagField.current?.focus(), 0)); // the panel may have to be there first
    } else return false;
    return true;
  });

  return (
    <>
      <TopBar
        id={id}
        photo={photo}
        position={index < 0 || ids === null ? null : { index, total: ids.length }}
        info={info}
        onInfo={setInfo}
        onClose={close}
        onGone={() => show(next ?? previous)}
      />
      <div className={`photo-body ${info ? 'photo-body--info' : ''}`}>
        <Stage
          id={id}
          photo={photo}
          previous={previous}
          next={next}
          why={why}
          onWhy={setWhy}
          onStep={(step) => {
            const to = step < 0 ? previous : next;
            if (to !== null) show(to);
          }}
        />
        {info && <InfoPanel photo={photo} why={why} onWhy={setWhy} tagField={tagField} />}
      </div>
    </>
  );
}
