/** Selector of what has a use for letters itself: fields that are typed into, and dialogs. */
export const TYPED_INTO =
  'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=dialog] *'

/** Selector of what Space and Enter press. */
export const PRESSED = 'button, a, summary'
