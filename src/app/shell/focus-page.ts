/** Moves the focus to the page itself, for when the focused element goes away or precedes the page. */
export function focusPage(options?: FocusOptions): void {
  document.getElementById('main')?.focus(options)
}
