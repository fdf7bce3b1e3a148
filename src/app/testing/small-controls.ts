/**
 * Runs in a page: the controls that are smaller than 24 × 24 CSS pixels, each with its size. What is
 * too small cannot be hit by a finger or an unsteady hand (WCAG 2.2, 2.5.8). Links within a sentence are
 * as high as their line, and what only screen readers have is not pressed.
 */
export function smallControls(): string[] {
  const least = 24
  const controls = document.querySelectorAll<HTMLElement>(
    'a[href], button, input, select, textarea, summary, [role=button], [role=radio], [role=switch], [role=slider], [role=tab], [role=option]',
  )
  const found: string[] = []
  for (const control of controls) {
    if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    if (control.closest('[aria-hidden=true], [inert]')) continue
    const { position, clipPath, display } = getComputedStyle(control)
    if (position === 'absolute' && clipPath !== 'none') continue
    if (control.matches('a') && display === 'inline') continue
    // What is pressed may be a label around it or beside it.
    const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : []
    const rects = [control, ...labels].map((each) => each.getBoundingClientRect())
    const width = Math.max(...rects.map((rect) => rect.width))
    const height = Math.max(...rects.map((rect) => rect.height))
    // Half a pixel is left to rounding.
    if (width >= least - 0.5 && height >= least - 0.5) continue
    const name = control.getAttribute('aria-label') ?? control.textContent?.trim() ?? ''
    found.push(`${control.tagName} “${name}” ${width.toFixed(1)} × ${height.toFixed(1)}`)
  }
  return found
}
