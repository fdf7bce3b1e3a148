/** Saves a figure as a PNG with its title, legends and colour bars, on its own background colour. */
import { saveFile } from '../save-file.ts'

/** Picture pixels per CSS pixel. */
const SCALE = 2

/** Frames after which a canvas that has come into view is drawn. */
const FRAMES = 3

export async function saveFigure(figure: HTMLElement, title: string): Promise<void> {
  const { domToBlob } = await import('modern-screenshot')
  await drawAll(figure)
  const blob = await domToBlob(figure, {
    scale: SCALE,
    backgroundColor: getComputedStyle(figure).backgroundColor,
    // Leaves out the browser's default margin and the styles that set the figure off from the page.
    style: { margin: '0', boxShadow: 'none', borderRadius: '0' },
    // The page uses system fonts, which need no embedding.
    font: false,
    filter: (node) => !(node instanceof HTMLElement && node.dataset.beside !== undefined),
  })
  saveFile(blob, `jumppad-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`)
}

/** Brings each map into view once, because maps are not drawn while out of view. */
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
