/** Selector of elements that handle letter keys themselves. */
export const TYPING = 'input:not([type=radio], [type=checkbox]), textarea, select, [role=dialog] *'
