import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { useTranslation } from 'react-i18next';
import { isDecided, type Tier, tiers } from '../../../core/dedup/tiers.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Conflicts } from './Conflicts.tsx';
import { GroupsPane } from './GroupsPane.tsx';
import { PlanDialog } from './PlanDialog.tsx';
import { SearchProgress } from './SearchProgress.tsx';
import { useDuplicateActions } from './use-duplicate-actions.ts';
import { type DuplicateGroups, useDuplicateGroups } from './use-duplicate-groups.ts';
import './duplicates.css';

/** Groups of photos that are alike: looked at, decided on, cleared up. */
export default function DuplicatesScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const [tier, setTier] = useState<Tier>('exact');
  const [planning, setPlanning] = useState(false);
  const [sensitivity, setSensitivity] = useState(0.5);
  const [found, again] = useDuplicateGroups(tier, sensitivity);
  const actions = useDuplicateActions(again);
  const count = (one: Tier) => found?.view.counts[one].groups ?? 0;
  return (
    <div className="duplicates">
      <header className="duplicates__head">
        <h1 className="duplicates__title">{t('duplicates.title')}</h1>
        <p className="duplicates__cost">{found !== null && <Cost found={found} tier={tier} />}</p>
        <div className="duplicates__tools">
          <Button
            icon="undo"
            isDisabled={found === null || found.view.undo === null}
            onPress={() => void actions.undo()}
          >
            {t('duplicates.undo')}
          </Button>
          <Button variant="primary" isDisabled={!isDecided(tier)} onPress={() => setPlanning(true)}>
            {t('duplicates.dryRun')}
          </Button>
        </div>
      </header>
      {found !== null && found.view.conflicts.length > 0 && <Conflicts conflicts={found.view.conflicts} />}
      <Tabs
        className="duplicates__tabs"
        selectedKey={tier}
        onSelectionChange={(key) => setTier(tiers.find((one) => one === key) ?? 'exact')}
      >
        <TabList className="tab-list" aria-label={t('duplicates.tiers')}>
          {tiers.map((one) => (
            <Tab key={one} id={one} className="tab-list__tab">
              {t(`duplicates.tier.${one}`)}
              <span className="tab-list__count numeric">{format.number(count(one))}</span>
            </Tab>
          ))}
        </TabList>
        <TabPanel id={tier} className="duplicates__panel">
          <div className="duplicates__line">
            <p className="duplicates__about">{t(`duplicates.about.${tier}`)}</p>
            {tier !== 'exact' && (
              <span className="duplicates__slider">
                <span aria-hidden="true">{t('duplicates.sensitivity')}</span>
                <Slider
                  label={t('duplicates.sensitivity')}
                  value={sensitivity}
                  min={0}
                  max={1}
                  step={0.05}
                  format={format.percent}
                  onChange={setSensitivity}
                />
              </span>
            )}
          </div>
          <SearchProgress />
          {found !== null &&
            (found.groups.length === 0 ? (
              <EmptyState icon="check" title={t('duplicates.none')} text={t('duplicates.noneText')} />
            ) : (
              <GroupsPane groups={found.groups} actions={actions} canDecide={isDecided(tier)} />
            ))}
        </TabPanel>
      </Tabs>
      {planning && isDecided(tier) && (
        <PlanDialog
          tier={tier}
          sensitivity={sensitivity}
          decided={found?.view.decided.photos ?? 0}
          actions={actions}
          onClose={() => setPlanning(false)}
        />
      )}
    </div>
  );
}

function Cost({ found, tier }: { readonly found: DuplicateGroups; readonly tier: Tier }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { counts, decided } = found.view;
  const { groups, bytes } = counts[tier];
  return (
    <>
      {isDecided(tier)
        ? t('duplicates.cost', { count: groups, bytes: format.bytes(bytes) })
        : t('duplicates.groups', { count: groups })}
      {decided.photos > 0 &&
        ` · ${t('duplicates.waiting', { count: decided.photos, bytes: format.bytes(decided.bytes) })}`}
    </>
  );
}
