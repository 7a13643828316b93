import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger as AriaTooltipTrigger } from 'react-aria-components/Tooltip';
import './overlay.css';

/** Around a button and its <Tooltip>. */
export function TooltipTrigger({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <AriaTooltipTrigger delay={500} closeDelay={80}>
      {children}
    </AriaTooltipTrigger>
  );
}

export function Tooltip({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <AriaTooltip className="tooltip" offset={6}>
      {children}
    </AriaTooltip>
  );
}
