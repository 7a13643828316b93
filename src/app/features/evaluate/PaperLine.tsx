import { useTranslation } from 'react-i18next';
import { useFragment } from '../../engine/fragment.ts';
import { useFormat } from '../../i18n/format.ts';

/** On paper: what was judged, on which photos, when. */
export function PaperLine({ set }: { readonly set: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { scope, only } = useFragment();
  const scopes = {
    all: t('evaluate.scopeAll'),
    filter: t(only === null ? 'evaluate.scopeFilter' : 'evaluate.scopeSelected'),
    train: t('evaluate.scopeTrain'),
    validation: t('evaluate.scopeValidation'),
  };
  return <p className="paper-only">{[set, scopes[scope], format.date(Date.now())].join(' · ')}</p>;
}
