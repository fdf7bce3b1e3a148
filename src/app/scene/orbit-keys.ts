import type { OrbitControls } from 'three/addons/controls/OrbitControls.js'

/** Angle in radians by which a press of an arrow key turns the camera. */
const TURN = Math.PI / 24
/** Factor by which a press of + multiplies the distance, and − divides it. */
const NEARER = 0.9

/** Effect of each key on the orbit camera. */
const ACTS: Readonly<Record<string, (controls: OrbitControls) => void>> = {
  ArrowLeft: (controls) => controls.rotateLeft(TURN),
  ArrowRight: (controls) => controls.rotateLeft(-TURN),
  ArrowUp: (controls) => controls.rotateUp(TURN),
  ArrowDown: (controls) => controls.rotateUp(-TURN),
  '+': (controls) => controls.dollyIn(NEARER),
  '=': (controls) => controls.dollyIn(NEARER),
  '-': (controls) => controls.dollyOut(NEARER),
}

/** Value of `aria-keyshortcuts` for the element that controls the orbit camera. */
export const ORBIT_KEYS = 'ArrowLeft ArrowRight ArrowUp ArrowDown + -'

/** Lets keys turn the camera while `element` has the focus; returns a function that ends this. */
export function orbitByKeys(controls: OrbitControls, element: HTMLElement): () => void {
  const press = (event: KeyboardEvent) => {
    const act = ACTS[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act(controls)
  }
  element.addEventListener('keydown', press)
  return () => element.removeEventListener('keydown', press)
}
