/** The island's sounds, synthesized from noise and tones on demand. */
import type { Incident } from './footing.ts'
import { grain } from './grain.ts'
import { useSoundSetting } from './sound-setting.ts'

/** A burst of noise through a gliding filter, or a gliding tone. Times in seconds, frequencies in hertz. */
interface Voice {
  readonly source: 'noise' | OscillatorType
  readonly delay?: number
  readonly seconds: number
  readonly from: number
  readonly to: number
  readonly gain: number
}

const VOICES: Record<Incident, readonly Voice[]> = {
  step: [{ source: 'noise', seconds: 0.07, from: 900, to: 260, gain: 0.11 }],
  leap: [
    { source: 'sine', seconds: 0.16, from: 250, to: 520, gain: 0.09 },
    { source: 'noise', seconds: 0.09, from: 700, to: 1500, gain: 0.06 },
  ],
  land: [
    { source: 'noise', seconds: 0.14, from: 520, to: 110, gain: 0.26 },
    { source: 'sine', seconds: 0.12, from: 130, to: 60, gain: 0.16 },
  ],
  swing: [{ source: 'noise', delay: 0.1, seconds: 0.2, from: 900, to: 3600, gain: 0.12 }],
  throw: [
    { source: 'sine', seconds: 0.12, from: 160, to: 70, gain: 0.3 },
    { source: 'triangle', delay: 0.1, seconds: 0.5, from: 190, to: 1150, gain: 0.2 },
    { source: 'noise', delay: 0.1, seconds: 0.7, from: 600, to: 3000, gain: 0.1 },
  ],
  splash: [
    { source: 'noise', seconds: 0.6, from: 2600, to: 380, gain: 0.3 },
    { source: 'sine', delay: 0.16, seconds: 0.16, from: 340, to: 760, gain: 0.05 },
  ],
}

interface Instrument {
  readonly context: AudioContext
  readonly out: AudioNode
  readonly noise: AudioBuffer
}

let instrument: Instrument | undefined

/**
 * Creates or resumes the audio context. Browsers allow this only in response to a click or a key;
 * until then the page stays silent.
 */
export function wakeSound(): void {
  instrument ??= build()
  if (instrument?.context.state === 'suspended') {
    // Rejects before the first interaction with the page, which stays silent until then.
    instrument.context.resume().catch(() => undefined)
  }
}

/** Plays the sound of an incident, if sound is on; `loudness` is 0…1. */
export function sound(incident: Incident, loudness: number): void {
  if (!useSoundSetting.getState().on) return
  wakeSound()
  if (instrument?.context.state !== 'running') return
  for (const voice of VOICES[incident]) play(instrument, voice, loudness)
}

function build(): Instrument | undefined {
  if (!('AudioContext' in window)) return undefined
  const context = new AudioContext()
  const noise = context.createBuffer(1, context.sampleRate, context.sampleRate)
  const samples = noise.getChannelData(0)
  for (let i = 0; i < samples.length; i++) samples[i] = 2 * grain(i, 7) - 1
  // Keeps several simultaneous sounds from clipping.
  const out = context.createDynamicsCompressor()
  out.connect(context.destination)
  return { context, out, noise }
}

function play({ context, out, noise }: Instrument, voice: Voice, loudness: number): void {
  const { source, delay = 0, seconds, from, to, gain } = voice
  const start = context.currentTime + delay
  const level = context.createGain()
  level.gain.setValueAtTime(0, start)
  level.gain.linearRampToValueAtTime(gain * loudness, start + 0.008)
  level.gain.exponentialRampToValueAtTime(1e-4, start + seconds)
  level.connect(out)
  const glide = (frequency: AudioParam) => {
    frequency.setValueAtTime(from, start)
    frequency.exponentialRampToValueAtTime(to, start + seconds)
  }
  if (source === 'noise') {
    const filter = context.createBiquadFilter()
    filter.type = 'bandpass'
    glide(filter.frequency)
    filter.connect(level)
    const hiss = new AudioBufferSourceNode(context, { buffer: noise, loop: true })
    hiss.connect(filter)
    hiss.start(start)
    hiss.stop(start + seconds)
  } else {
    const tone = new OscillatorNode(context, { type: source })
    glide(tone.frequency)
    tone.connect(level)
    tone.start(start)
    tone.stop(start + seconds)
  }
}
