/** Calls `draw` before each frame of the screen while any of `element` is in view; gives what ends it. */
export function whileSeen(element: Element, draw: () => void): () => void {
  let frame = 0
  const loop = () => {
    frame = requestAnimationFrame(loop)
    draw()
  }
  const observer = new IntersectionObserver((entries) => {
    cancelAnimationFrame(frame)
    if (entries.at(-1)?.isIntersecting) loop()
  })
  observer.observe(element)
  return () => {
    observer.disconnect()
    cancelAnimationFrame(frame)
  }
}
