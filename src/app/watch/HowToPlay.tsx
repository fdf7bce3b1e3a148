import { Kbd } from '@mantine/core'
import { useEffect, useState } from 'react'
import kit from '../ui/kit.module.css'
import classes from './HowToPlay.module.css'
import { connectedGamepads, gamepadSentence } from './hands/real-gamepad.ts'

/** Lists the connected gamepads; updates when one is connected or disconnected. */
function Gamepads() {
  const [sentence, setSentence] = useState(() => gamepadSentence(connectedGamepads()))
  useEffect(() => {
    const look = () => setSentence(gamepadSentence(connectedGamepads()))
    window.addEventListener('gamepadconnected', look)
    window.addEventListener('gamepaddisconnected', look)
    return () => {
      window.removeEventListener('gamepadconnected', look)
      window.removeEventListener('gamepaddisconnected', look)
    }
  }, [])
  return (
    <span className={`${kit.small} ${kit.keys}`} role="status">
      {sentence}
    </span>
  )
}

/** Lists the controls while a visitor plays. */
export function HowToPlay() {
  return (
    <section className={`${kit.legend} ${classes.legend}`} aria-label="How to play">
      <strong>You hold the gamepad.</strong>
      <span className={`${kit.nowrap} ${kit.keys}`}>
        <Kbd size="xs">W A S D</Kbd> walk
      </span>
      <span className={`${kit.nowrap} ${kit.keys}`}>
        <Kbd size="xs">← ↑ ↓ →</Kbd> look
      </span>
      <span className={`${kit.nowrap} ${kit.keys}`}>
        <Kbd size="xs">Space</Kbd> jump
      </span>
      <span className={`${kit.nowrap} ${kit.keys}`}>
        <Kbd size="xs">F</Kbd> attack
      </span>
      <span className={`${kit.nowrap} ${kit.keys}`}>
        <Kbd size="xs">Shift</Kbd> gently
      </span>
      <span className={`${kit.nowrap} ${kit.keys}`}>
        <Kbd size="xs">Esc</Kbd> hand back
      </span>
      <Gamepads />
    </section>
  )
}
