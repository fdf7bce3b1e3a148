/** Gives the focus to the page itself: where what had it goes away, or lies before the page. */
export function focusPage(options?: FocusOptions): void {
  document.getElementById('main')?.focus(options)
}
