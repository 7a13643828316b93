import { createContext, type ReactNode } from 'react';

/** The button that adds photos while the library is empty, for the welcome; null when the bar has it. */
export const AddPhotosSlot = createContext<ReactNode>(null);
