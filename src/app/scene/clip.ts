/** A rectangle of the canvas in CSS pixels, measured from its lower left corner as in WebGL. */
export interface Area {
  left: number
  bottom: number
  width: number
  height: number
}

/** Writes the element's area on the canvas into `out`; empty if it is missing or above or below the window. */
export function clip(canvas: Element, element: Element | null, out: Area): void {
  out.width = 0
  out.height = 0
  if (!element) return
  const rect = element.getBoundingClientRect()
  if (rect.bottom <= 0 || rect.top >= window.innerHeight) return
  const whole = canvas.getBoundingClientRect()
  out.left = rect.left - whole.left
  out.bottom = whole.bottom - rect.bottom
  out.width = rect.width
  out.height = rect.height
}
