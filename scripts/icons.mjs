// `node scripts/icons.mjs`: renders public/icons/ from public/favicon.svg with the tests' Chromium.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { ensureChromium, root, runScript } from './setup.mjs'

/**
 * Icons to render: side in pixels and, if operating systems crop the icon to a shape, the fraction
 * of the side that the drawing may occupy. The rest is filled with the background colour.
 */
const ICONS = [
  { name: 'any-192', side: 192 },
  { name: 'any-512', side: 512 },
  { name: 'maskable-512', side: 512, part: 0.72 },
  { name: 'touch-180', side: 180, part: 0.86 },
]

const GROUND = '#0d7580'

await runScript(async () => {
  const drawing = await readFile(join(root, 'public', 'favicon.svg'), 'utf8')
  const picture = `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`
  const folder = join(root, 'public', 'icons')
  await mkdir(folder, { recursive: true })
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox'],
  })
  try {
    const page = await browser.newPage()
    for (const { name, side, part } of ICONS) {
      await page.setViewportSize({ width: side, height: side })
      const drawn = Math.round(side * (part ?? 1))
      await page.setContent(
        `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${part ? GROUND : 'transparent'}">
         <img src="${picture}" width="${drawn}" height="${drawn}">`,
      )
      await writeFile(join(folder, `${name}.png`), await page.screenshot({ omitBackground: true }))
    }
  } finally {
    await browser.close()
  }
})
