/**
 * Number of upper policy blocks that learn in the tab: two of `small`'s four are as good as all of
 * them and take a third of the time. In a reward model all blocks learn: with as few labels as
 * fifty, the upper two alone are much worse (docs/methods/in-the-tab-trials.md).
 */
export const TAB_LAYERS = 2

/** Number of decisions between two frames that a reward model reads when it scores play in the tab. */
export const TAB_REWARD_STRIDE = 3
