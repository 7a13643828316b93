export const ui = {
  close: 'Close',
  dismiss: 'Dismiss',
  notices: 'Notices',
  suggestions: 'Suggestions',
  suggestionCount_one: '{{count}} suggestion',
  suggestionCount_other: '{{count}} suggestions',
} as const;
