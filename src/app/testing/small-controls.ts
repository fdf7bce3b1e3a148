/**
 * Returns the controls of the page that are smaller than 24 × 24 CSS pixels, each with its size; runs in
 * the page. Smaller targets are hard to hit with a finger or an unsteady hand (WCAG 2.2, 2.5.8). Exempt
 * are links within a sentence, which are as high as their line, and controls for screen readers only.
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
    // The target may be a label around or beside the control.
    const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : []
    const rects = [control, ...labels].map((each) => each.getBoundingClientRect())
    const width = Math.max(...rects.map((rect) => rect.width))
    const height = Math.max(...rects.map((rect) => rect.height))
    // Half a pixel of tolerance for rounding.
    if (width >= least - 0.5 && height >= least - 0.5) continue
    const name = control.getAttribute('aria-label') ?? control.textContent?.trim() ?? ''
    found.push(`${control.tagName} “${name}” ${width.toFixed(1)} × ${height.toFixed(1)}`)
  }
  return found
}
