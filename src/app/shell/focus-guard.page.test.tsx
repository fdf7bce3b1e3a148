import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guardFocus } from './focus-guard.ts'

let stop = () => {}
let place = document.createElement('section')

beforeEach(() => {
  stop = guardFocus()
  place = document.createElement('section')
  place.innerHTML = `<fieldset><label>Name <input></label></fieldset>
    <ul><li><button type="button">Remove</button></li><li>Another</li></ul>`
  document.body.append(place)
})

afterEach(() => {
  stop()
  place.remove()
})

function find(selector: string): HTMLElement {
  return place.querySelector<HTMLElement>(selector) ?? expect.fail(`There is no ${selector}`)
}

describe('the focus', () => {
  it('moves to what is around an element that is removed, which is left as it was', async () => {
    find('button').focus()
    find('li').remove()
    await expect.poll(() => document.activeElement).toBe(find('ul'))
    find('input').focus()
    expect(find('ul').hasAttribute('tabindex')).toBe(false)
  })

  it('moves to what is around an element that is disabled, alone or with its fieldset', async () => {
    find('button').focus()
    find('button').setAttribute('disabled', '')
    await expect.poll(() => document.activeElement).toBe(find('li'))
    find('input').focus()
    find('fieldset').setAttribute('disabled', '')
    await expect.poll(() => document.activeElement).toBe(place)
  })

  it('stays on such an element while another window has it', async () => {
    find('button').focus()
    find('li').remove()
    await expect.poll(() => document.activeElement).toBe(find('ul'))
    find('ul').dispatchEvent(new FocusEvent('blur'))
    expect(find('ul').hasAttribute('tabindex')).toBe(true)
    expect(document.activeElement).toBe(find('ul'))
  })

  it('is left to a dialog that closes, but not to a part of one that is removed', async () => {
    place.setAttribute('data-portal', 'true')
    find('button').focus()
    find('li').remove()
    await expect.poll(() => document.activeElement).toBe(find('ul'))
    find('ul').remove()
    // Observers are called before this.
    await Promise.resolve()
    expect(document.activeElement).toBe(document.body)
  })

  it('stays where the page moves it', async () => {
    find('button').focus()
    find('li').remove()
    find('input').focus()
    // Observers are called before this.
    await Promise.resolve()
    expect(document.activeElement).toBe(find('input'))
  })
})
