import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { synonyms } from '../../../core/search/synonyms.ts';
import type { Label } from '../../../core/tagging/label.ts';
import { builtInSet } from '../../../core/tagging/label-set.ts';
import { leave, navigate } from '../../engine/fragment.ts';
import { emptyFragment } from '../../engine/fragment-state.ts';
import { useEnginePart, useLabels, useLibrary } from '../../engine/hooks.ts';
import { searchLabels } from '../../engine/label-search.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { OftenTogether } from './OftenTogether.tsx';
import { SaidCounts } from './SaidCounts.tsx';
import { SaidLink } from './SaidLink.tsx';

/** So many rows at first: who looks for one of hundreds types its name. */
const shownAtFirst = 60;

/** The labels that the model brings, and single ones of the person's: one set among the others that only its model changes. */
export function BuiltInPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const table = useLabels();
  const content = useEnginePart((state) => state.status.contentRevision);
  const dictionary = useAnswer(() => library.labelDictionary(builtInSet), `${content} ${table.all.length}`);
  const [text, setText] = useState('');
  const [whole, setWhole] = useState(false);
  const typed = useDeferredValue(text);
  const counts = useMemo(
    () => new Map(dictionary?.labels.map((label) => [label.label, label])),
    [dictionary],
  );
  const found = useMemo(() => {
    const said = ({ number }: Label) => {
      const count = counts.get(number);
      return (count?.present ?? 0) + (count?.absent ?? 0);
    };
    const own = table.all.filter(({ set }) => set === undefined);
    return searchLabels(
      own.toSorted((a, b) => said(b) - said(a)),
      typed,
    );
  }, [table, counts, typed]);
  const rows = whole ? found : found.slice(0, shownAtFirst);
  return (
    <section className="set-page" aria-labelledby="set-name">
      <header className="set-page__header">
        <IconButton icon="arrow-left" label={t('labels.back')} onPress={() => leave({ set: null })} />
        <h1 className="set-page__name" id="set-name">
          {t('labels.builtIn')}
        </h1>
        <span className="set-page__tools">
          <ExportMenu set={builtInSet} name={t('labels.builtIn')} isTaught={false} />
          <Button icon="chart" onPress={() => navigate({ ...emptyFragment, screen: 'evaluate' })}>
            {t('labels.evaluate')}
          </Button>
        </span>
      </header>
      <p className="hint">{t('labels.builtInHint')}</p>
      {dictionary !== null && <SaidCounts set={builtInSet} dictionary={dictionary} />}
      <TextField label={t('labels.findLabel')} type="search" icon="search" value={text} onChange={setText} />
      <p className="visually-hidden" role="status">
        {t('labels.labelCount', { count: found.length })}
      </p>
      <div className="dictionary">
        <table className="dictionary__table">
          <caption className="visually-hidden">{t('labels.dictionary')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('labels.label')}</th>
              <th scope="col">{t('labels.otherNames')}</th>
              <th scope="col">{t('labels.present')}</th>
              <th scope="col">{t('labels.absent')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((label) => {
              const name = table.name(label);
              const other = name === label.names.en ? label.names.zh : label.names.en;
              const others = [other, ...(synonyms[label.id] ?? [])].filter((one) => one !== name);
              const count = counts.get(label.number);
              return (
                <tr key={label.number}>
                  <th scope="row">
                    <button
                      type="button"
                      className="dictionary__name"
                      onClick={() => navigate({ ...emptyFragment, allOf: [label.id] })}
                    >
                      <bdi className="foreign-text">{name}</bdi>
                    </button>
                  </th>
                  <td className="foreign-text dictionary__others">{format.list(others)}</td>
                  <td className="numeric">
                    <SaidLink
                      set={builtInSet}
                      said={{ said: 'present', label: label.id, other: null }}
                      count={count?.present ?? 0}
                    />
                  </td>
                  <td className="numeric">
                    <SaidLink
                      set={builtInSet}
                      said={{ said: 'absent', label: label.id }}
                      count={count?.absent ?? 0}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {rows.length < found.length && (
        <Button variant="quiet" onPress={() => setWhole(true)}>
          {t('labels.showAll', { count: found.length })}
        </Button>
      )}
      {dictionary !== null && <OftenTogether set={builtInSet} dictionary={dictionary} />}
    </section>
  );
}
