import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DuplicatePlan } from '../../../protocol/duplicates.ts';
import { useThumbnail } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';

const perStep = 100;

/** What a dry run would remove, photo by photo. */
export function PlanList({ plan }: { readonly plan: DuplicatePlan }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(perStep);
  return (
    <>
      <ul className="plan-list" aria-label={t('duplicates.planList')}>
        {plan.entries.slice(0, shown).map((entry) => (
          <Entry key={entry.photo} entry={entry} />
        ))}
      </ul>
      {plan.entries.length > shown && (
        <Button onPress={() => setShown(shown + 10 * perStep)}>
          {t('duplicates.showMore', { left: plan.entries.length - shown })}
        </Button>
      )}
    </>
  );
}

function Entry({ entry }: { readonly entry: DuplicatePlan['entries'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const url = useThumbnail(entry.photo);
  return (
    <li className="plan-list__item">
      <span className="plan-list__photo">{url !== null && <img src={url} alt="" decoding="async" />}</span>
      <span className="plan-list__words">
        <span className="foreign-text">{entry.path ?? entry.name}</span>
        <span className="plan-list__why">
          {t(`duplicates.by.${entry.by}`, { kept: entry.keptName })} · {format.bytes(entry.bytes)}
        </span>
      </span>
    </li>
  );
}
