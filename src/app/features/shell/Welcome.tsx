import { type ReactNode, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { AddPhotosSlot } from './add-photos-slot.ts';
import { WelcomePicture } from './WelcomePicture.tsx';
import './welcome.css';

/**
 * What a new library shows: what this is, where to drop photos, and what never happens to them. `actions` stand beside
 * the button that adds photos.
 */
export function Welcome({ actions }: { readonly actions?: ReactNode }) {
  const addPhotos = useContext(AddPhotosSlot);
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  return (
    <div className="welcome">
      {/* The drop itself is the page's: photos can be dropped anywhere. */}
      <section
        className={`welcome__drop ${over ? 'welcome__drop--over' : ''}`}
        aria-labelledby="welcome-title"
        onDragOver={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={() => setOver(false)}
      >
        <WelcomePicture />
        <h1 className="welcome__title" id="welcome-title">
          {t('shell.welcomeTitle')}
        </h1>
        <p className="welcome__lead">{t('shell.welcomeLead')}</p>
        <div className="welcome__actions">
          {addPhotos}
          {actions}
        </div>
        <p className="welcome__formats">{t('shell.welcomeFormats')}</p>
      </section>
      <ul className="welcome__points">
        <Point icon="tag" title={t('shell.pointTagsTitle')} text={t('shell.pointTags')} />
        <Point icon="similar" title={t('shell.pointSimilarTitle')} text={t('shell.pointSimilar')} />
        <Point icon="shield" title={t('shell.pointPrivateTitle')} text={t('shell.pointPrivate')} />
      </ul>
    </div>
  );
}

function Point({
  icon,
  title,
  text,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}) {
  return (
    <li className="welcome__point">
      <span className="welcome__point-icon">
        <Icon name={icon} size={22} />
      </span>
      <div>
        <h2 className="welcome__point-title">{title}</h2>
        <p className="welcome__point-text">{text}</p>
      </div>
    </li>
  );
}
