/** The cells of a 2x2, as tables have them. */
export const outcomes = ['truePositive', 'falsePositive', 'falseNegative', 'trueNegative'] as const;
