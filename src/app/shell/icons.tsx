/** The few icons the lab needs, drawn on 24×24 with the text's colour. */
import { type IconProps, stroked } from './stroked.tsx'

export function PlayIcon({ size = 18 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M7 4.5a1 1 0 0 1 1.5-.86l12 7a1 1 0 0 1 0 1.72l-12 7A1 1 0 0 1 7 18.5z" />
    </svg>
  )
}

export function PauseIcon({ size = 18 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <rect x="5.5" y="4" width="4.5" height="16" rx="1" />
      <rect x="14" y="4" width="4.5" height="16" rx="1" />
    </svg>
  )
}

export function NextIcon({ size = 18 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M5 5.2a1 1 0 0 1 1.53-.85l10 6.3a1.6 1.6 0 0 1 0 2.7l-10 6.3A1 1 0 0 1 5 18.8z" />
      <rect x="18" y="4" width="3" height="16" rx="1" />
    </svg>
  )
}

export const RestartIcon = (props: IconProps) =>
  stroked(
    <>
      <path d="M4 12a8 8 0 1 0 2.6-5.9" />
      <path d="M4 4v4.5h4.5" />
    </>,
    props,
  )

export const SunIcon = (props: IconProps) =>
  stroked(
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
    </>,
    props,
  )

export const MoonIcon = (props: IconProps) =>
  stroked(<path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z" />, props)

export const AutoIcon = (props: IconProps) =>
  stroked(
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor" />
    </>,
    props,
  )

export const KeyboardIcon = (props: IconProps) =>
  stroked(
    <>
      <rect x="2.5" y="6" width="19" height="12.5" rx="2" />
      <path d="M6.5 10h.01M10.2 10h.01M13.8 10h.01M17.5 10h.01M8 14.5h8" />
    </>,
    props,
  )

export const AlertIcon = (props: IconProps) =>
  stroked(
    <>
      <path d="M12 3.5 22 20.5H2z" />
      <path d="M12 10v4.5M12 17.5h.01" />
    </>,
    props,
  )

/** The yellow wedge that the lab is named after. */
export function JumppadMark({ size = 28 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0d7580" />
      <path d="M5 25 25.5 9.5a1 1 0 0 1 1.5.8V25z" fill="#ffc814" />
      <path
        d="m14.5 22.5 4-6.5m.5 6.5 4-6.5"
        stroke="#4a3500"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  )
}

const SPEAKER = <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z" fill="currentColor" />

export function SoundOnIcon(props: IconProps) {
  return stroked(
    <>
      {SPEAKER}
      <path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />
    </>,
    props,
  )
}

export function SoundOffIcon(props: IconProps) {
  return stroked(
    <>
      {SPEAKER}
      <path d="m16 9.5 5 5m0-5-5 5" />
    </>,
    props,
  )
}
