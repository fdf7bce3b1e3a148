/** Markdown link to the paper, as used in the report. */
import { PAPER_ADDRESS, PAPER_NAME } from '../../procedure/index.ts'

export const PAPER = `[${PAPER_NAME}](${PAPER_ADDRESS})`
