import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelChange } from '../../../protocol/figures.ts';
import { formatScore } from '../../i18n/format.ts';
import { CellLink } from './CellLink.tsx';
import { figureText } from './figure-text.ts';
import type { Figures, LabelState } from './use-figures.ts';
import { useNameOf } from './use-name-of.ts';

/** The set's own thresholds against the present ones: what was fixed, what broke, label by label. */
export function ChangeTable({
  set,
  figures,
  state,
}: {
  readonly set: string;
  readonly figures: Figures;
  readonly state: LabelState;
}) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const [changes, setChanges] = useState<readonly LabelChange[] | null>(null);
  const { compare } = figures;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when photos or thresholds change
  useEffect(() => {
    let wanted = true;
    void compare().then((found) => wanted && setChanges(found));
    return () => {
      wanted = false;
    };
  }, [compare, state.figures]);
  const moved = changes?.filter(({ before, after }) => before !== after) ?? [];
  return (
    <section aria-labelledby="evaluate-changes" aria-busy={changes === null}>
      <h2 className="evaluate__heading" id="evaluate-changes">
        {t('evaluate.changes')}
      </h2>
      <p className="evaluate__hint">{t('evaluate.changesText')}</p>
      {changes !== null && moved.length === 0 && <p>{t('evaluate.noChanges')}</p>}
      {moved.length > 0 && (
        <div className="evaluate__scroll">
          <table className="figure-table" aria-labelledby="evaluate-changes">
            <thead>
              <tr>
                <th scope="col">{t('evaluate.column.name')}</th>
                <th scope="col">{t('evaluate.thresholdBefore')}</th>
                <th scope="col">{t('evaluate.thresholdAfter')}</th>
                <th scope="col">{t('evaluate.f1Before')}</th>
                <th scope="col">{t('evaluate.f1After')}</th>
                <th scope="col">{t('evaluate.fixed')}</th>
                <th scope="col">{t('evaluate.broken')}</th>
              </tr>
            </thead>
            <tbody>
              {moved.map(({ label, before, after, f1Before, f1After, fixed, broken }) => {
                const cell = { set, label, threshold: before, otherThreshold: after };
                return (
                  <tr key={label}>
                    <th scope="row">
                      <bdi className="foreign-text">{nameOf(label)}</bdi>
                    </th>
                    <td className="numeric">{formatScore(before)}</td>
                    <td className="numeric">{formatScore(after)}</td>
                    <td className="numeric">{figureText(f1Before)}</td>
                    <td className="numeric">{figureText(f1After)}</td>
                    <td>
                      <CellLink cell={{ ...cell, kind: 'fixed' }} count={fixed} />
                    </td>
                    <td>
                      <CellLink cell={{ ...cell, kind: 'broken' }} count={broken} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
