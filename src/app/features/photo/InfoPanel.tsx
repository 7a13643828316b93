import { lazy, type Ref, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoDetail } from '../../../core/library/photo-cell.ts';
import type { LabelNumber } from '../../../core/tagging/label.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { withTexts } from '../../i18n/start.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Details } from './Details.tsx';
import { LabelList } from './LabelList.tsx';
import { TagEditor } from './TagEditor.tsx';
import { useJudge } from './use-judge.ts';
import './info-panel.css';

const LabelPart = lazy(() => withTexts(import('./LabelPart.tsx')));
const ReadingsPart = lazy(() => withTexts(import('./ReadingsPart.tsx')));

/** What is known about the open photo. */
export function InfoPanel({
  photo,
  why,
  onWhy,
  tagField,
}: {
  readonly photo: PhotoDetail | null;
  /** The label that is asked about: where in the picture it comes from is shown. */
  readonly why: LabelNumber | null;
  readonly onWhy: (label: LabelNumber | null) => void;
  readonly tagField: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const { labels, judge } = useJudge(photo);
  return (
    <aside className="photo-panel">
      {photo !== null && (
        <>
          {photo.failure !== null && (
            <p className="photo-panel__failure">
              <Icon name="warning" size={18} />
              <span className="foreign-text">
                <strong>{t('photo.failed')}</strong> {failureText(photo.failure)}
              </span>
            </p>
          )}
          {photo.status === 'queued' && (
            <p className="hint photo-panel__waiting">
              <Icon name="clock" size={16} /> {t('photo.waiting')}
            </p>
          )}
          <TagEditor labels={labels} judge={judge} fieldRef={tagField} />
          <Suspense>
            <LabelPart photo={photo} />
          </Suspense>
          <Details photo={photo} />
          <Suspense>
            <ReadingsPart photo={photo.id} />
          </Suspense>
          <LabelList labels={labels} judge={judge} why={why} onWhy={onWhy} />
        </>
      )}
    </aside>
  );
}
