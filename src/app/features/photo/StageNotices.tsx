import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure, PhotoId } from '../../../core/library/photo.ts';
import { allowFileAccess } from '../../engine/file-access.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { hasPickers } from '../../engine/intake.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { showToast } from '../../ui/toasts.ts';
import { RelinkButton } from './RelinkButton.tsx';
import { isNeverDecoded } from './use-original.ts';

/** Why the original is not there, and what can be done about it. */
export function Problem({
  id,
  failure,
  isKnown,
  hasThumbnail,
  again,
}: {
  readonly id: PhotoId;
  readonly failure: Failure;
  /** False for a photo that the library does not have: the link is old. */
  readonly isKnown: boolean;
  readonly hasThumbnail: boolean;
  readonly again: () => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const failureText = useFailureText();
  const allow = async () => {
    if (!(await allowFileAccess(library))) showToast({ text: t('photo.accessDenied'), tone: 'danger' });
    again();
  };
  if (!isKnown)
    return (
      <p className="photo-problem" role="alert">
        <Icon name="photo-broken" size={28} />
        {t('photo.notFound')}
      </p>
    );
  return (
    <div className="photo-problem" role="alert">
      <Icon name="photo-broken" size={28} />
      <div className="photo-problem__words">
        <strong>{t('photo.originalProblem')}</strong>
        <p className="foreign-text">
          {failureText(failure)} {hasThumbnail && t('photo.thumbnailOnly')}
        </p>
      </div>
      <div className="photo-problem__buttons">
        {failure.code === 'file-missing' && hasPickers() && <RelinkButton id={id} done={again} />}
        {failure.code === 'no-permission' ? (
          <Button variant="primary" onPress={() => void allow()}>
            {t('photo.allowAccess')}
          </Button>
        ) : (
          !isNeverDecoded(failure) && (
            <Button icon="retry" onPress={again}>
              {t('photo.tryAgain')}
            </Button>
          )
        )}
      </div>
    </div>
  );
}

/** Says that the picture is on its way, but only when it takes long enough to be noticed. */
export function Waiting({ active }: { readonly active: boolean }) {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(() => setLate(true), 300);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [active]);
  return active && late ? (
    <p className="photo-stage__waiting" role="status">
      {t('photo.loading')}
    </p>
  ) : null;
}
