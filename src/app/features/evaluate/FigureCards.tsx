import { useTranslation } from 'react-i18next';
import type { Interval } from '../../../core/evaluation/resample.ts';
import { figureText } from './figure-text.ts';
import './figures.css';

export interface FigureCard {
  readonly name: string;
  /** What it means, in a sentence. */
  readonly text: string;
  /** Null while it is computed. */
  readonly value: number | null;
  /** 95 % interval; null while it is computed, left out where there is none. */
  readonly interval?: Interval | null;
}

/** Figures over a whole set, each with what it means. */
export function FigureCards({ cards }: { readonly cards: readonly FigureCard[] }) {
  const { t } = useTranslation();
  return (
    <dl className="figure-cards">
      {cards.map(({ name, text, value, interval }) => (
        <div key={name} className="figure-card">
          <dt className="figure-card__name">{name}</dt>
          <dd className="figure-card__value">
            <span className="figure-card__number numeric">{value === null ? '…' : figureText(value)}</span>
            {interval !== undefined && (
              <span className="figure-card__interval numeric">
                {interval === null
                  ? t('evaluate.intervalComing')
                  : t('evaluate.interval', {
                      low: figureText(interval.low),
                      high: figureText(interval.high),
                    })}
              </span>
            )}
          </dd>
          <dd className="figure-card__text">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
