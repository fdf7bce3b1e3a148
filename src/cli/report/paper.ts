/** How the report's Markdown names the paper. */
import { PAPER_ADDRESS, PAPER_NAME } from '../../procedure/index.ts'

export const PAPER = `[${PAPER_NAME}](${PAPER_ADDRESS})`
