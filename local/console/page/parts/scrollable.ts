/** For what scrolls: it must be reached by keyboard, or its lower part can't be read without a mouse. */
export const scrollable = { tabIndex: 0 } as const;
