import type { OrbitControls } from 'three/addons/controls/OrbitControls.js'

/** A press of an arrow key turns by this much, radians. */
const TURN = Math.PI / 24
/** A press of + or − changes the distance by this share. */
const NEARER = 0.9

/** What each key does with the camera that a visitor holds. */
const ACTS: Readonly<Record<string, (controls: OrbitControls) => void>> = {
  ArrowLeft: (controls) => controls.rotateLeft(TURN),
  ArrowRight: (controls) => controls.rotateLeft(-TURN),
  ArrowUp: (controls) => controls.rotateUp(TURN),
  ArrowDown: (controls) => controls.rotateUp(-TURN),
  '+': (controls) => controls.dollyIn(NEARER),
  '=': (controls) => controls.dollyIn(NEARER),
  '-': (controls) => controls.dollyOut(NEARER),
}

/** For `aria-keyshortcuts` of what the camera is held by. */
export const ORBIT_KEYS = 'ArrowLeft ArrowRight ArrowUp ArrowDown + -'

/** Lets the keys turn the camera while `element` has the focus; returns what ends that. */
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
