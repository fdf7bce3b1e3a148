/** Selector of elements that use letter keys themselves: text fields and dialogs. */
export const TYPED_INTO =
  'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=dialog] *'

/** Selector of elements that Space and Enter activate. */
export const PRESSED = 'button, a, summary'
