/** The stages that run side by side on the landing page, in the order of the procedure. */
export const SHOWN_STAGES = ['base', 'fine-tuned', 'aligned-left', 'aligned-right'] as const
