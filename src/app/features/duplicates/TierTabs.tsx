import { useId } from 'react';
import { Tab, TabList } from 'react-aria-components/Tabs';
import { useTranslation } from 'react-i18next';
import { type Tier, tiers } from '../../../core/dedup/tiers.ts';
import { useFormat } from '../../i18n/format.ts';

/** A tab for each tier, called by its name; how many groups it has describes it. */
export function TierTabs({ count }: { readonly count: (tier: Tier) => number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  return (
    <TabList className="tab-list" aria-label={t('duplicates.tiers')}>
      {tiers.map((one) => (
        <Tab
          key={one}
          id={one}
          className="tab-list__tab"
          aria-label={t(`duplicates.tier.${one}`)}
          aria-describedby={`${id}-${one}`}
        >
          {t(`duplicates.tier.${one}`)}
          <span className="tab-list__count numeric" id={`${id}-${one}`}>
            {format.number(count(one))}
          </span>
        </Tab>
      ))}
    </TabList>
  );
}
