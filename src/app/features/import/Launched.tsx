import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { onLaunched } from '../../engine/launched-files.ts';
import { takeShareFailure } from '../../engine/shared-files.ts';
import { showToast } from '../../ui/toasts.ts';
import { useIntake } from './use-intake.ts';

/** Takes in what the person shares with the installed app, or opens with it. Shows nothing of its own. */
export function Launched() {
  const { t } = useTranslation();
  const intake = useIntake();
  const latest = useRef(intake);
  latest.current = intake;
  const words = useRef(t);
  words.current = t;
  useEffect(() => {
    onLaunched((handles) => latest.current.fromHandles(handles));
    latest.current.fromShare();
    if (takeShareFailure())
      showToast({ text: words.current('import.shareFailed'), tone: 'danger', lasting: true });
  }, []);
  return null;
}
