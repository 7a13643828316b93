import { useTranslation } from 'react-i18next';
import type { LabelDictionary } from '../../../protocol/label-sets.ts';
import { SaidLink } from './SaidLink.tsx';

/** How many photos are labelled, fully labelled, and not labelled yet. */
export function SaidCounts({
  set,
  dictionary: { photos, labelled, fullyLabelled },
}: {
  /** Its number; `builtInSet` as well. */
  readonly set: number;
  readonly dictionary: LabelDictionary;
}) {
  const { t } = useTranslation();
  const counts = [
    { said: 'anything', text: t('labels.saidAnything'), count: labelled },
    { said: 'all', text: t('labels.saidAll'), count: fullyLabelled },
    { said: 'nothing', text: t('labels.saidNothing'), count: photos - labelled },
  ] as const;
  return (
    <p className="said-counts" role="status">
      {counts.map(({ said, text, count }) => (
        <span key={said} className="said-counts__one">
          {text} <SaidLink set={set} said={{ said, label: '' }} count={count} />
        </span>
      ))}
      <span className="hint">{t('labels.ofPhotos', { count: photos })}</span>
    </p>
  );
}
