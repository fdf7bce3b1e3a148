/** What has a use for letters itself. */
export const TYPING = 'input:not([type=radio], [type=checkbox]), textarea, select, [role=dialog] *'
