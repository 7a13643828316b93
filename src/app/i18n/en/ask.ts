export const ask = {
  nameTitle: 'Name of the search',
  name: 'Name',
  cancel: 'Cancel',
  save: 'Save',
} as const;
