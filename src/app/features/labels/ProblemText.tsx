import { useTranslation } from 'react-i18next';
import type { SetProblem } from '../../../core/tagging/label-set.ts';
import './labels-form.css';

/** Why what was asked for is not possible; spoken as it comes. */
export function ProblemText({ problem }: { readonly problem: SetProblem | null }) {
  const { t } = useTranslation();
  return (
    <p className="labels-form__problem" role="alert">
      {problem !== null && t(`labels.problems.${problem}`)}
    </p>
  );
}
