/** A figure as a PNG, with its title, its legends and its colour bars, on the ground it stands on. */
import { saveFile } from '../save-file.ts'

/** Pixels of the picture for one of the page. */
const SCALE = 2

/** Frames in which what has come into view draws itself. */
const FRAMES = 3

export async function saveFigure(figure: HTMLElement, title: string): Promise<void> {
  const { domToBlob } = await import('modern-screenshot')
  await drawAll(figure)
  const blob = await domToBlob(figure, {
    scale: SCALE,
    backgroundColor: getComputedStyle(figure).backgroundColor,
    // What the browser gives a figure by itself, and what sets it off from the page, stays out.
    style: { margin: '0', boxShadow: 'none', borderRadius: '0' },
    // The page has the system's fonts, which need no embedding.
    font: false,
    filter: (node) => !(node instanceof HTMLElement && node.dataset.beside !== undefined),
  })
  saveFile(blob, `jumppad-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`)
}

/** Maps rest while they are out of sight: each is brought into view once. */
async function drawAll(figure: HTMLElement): Promise<void> {
  const { scrollX, scrollY } = window
  for (const canvas of figure.querySelectorAll('canvas')) {
    canvas.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    for (let frame = 0; frame < FRAMES; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  }
  window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' })
}
