/** Icons of the lab, drawn on a grid of 24 × 24 in the color of the surrounding text. */
import type { ReactNode } from 'react'

interface IconProps {
  /** Pixels. */
  readonly size?: number
}

interface LineIconProps extends IconProps {
  /** Side of the square that the paths are drawn in. */
  readonly box?: number
  readonly colour?: string
  readonly children: ReactNode
}

/** Line icon. It is hidden from screen readers, so its control needs a label. */
export function LineIcon({
  size = 18,
  box = 24,
  colour = 'currentColor',
  children,
}: LineIconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${box} ${box}`}
      fill="none"
      stroke={colour}
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

function stroked(paths: ReactNode, props: IconProps) {
  return <LineIcon {...props}>{paths}</LineIcon>
}

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

export const PlusIcon = (props: IconProps) => stroked(<path d="M12 5v14M5 12h14" />, props)

export const CloseIcon = (props: IconProps) => stroked(<path d="M6 6l12 12M18 6 6 18" />, props)

export const FileIcon = (props: IconProps) =>
  stroked(
    <>
      <path d="M6 3h8l5 5v12a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z" />
      <path d="M14 3v5h5" />
    </>,
    props,
  )

export const LinkIcon = (props: IconProps) =>
  stroked(
    <>
      <path d="M10 14a4.5 4.5 0 0 0 6.6.4l3-3a4.5 4.5 0 0 0-6.4-6.4l-1.6 1.7" />
      <path d="M14 10a4.5 4.5 0 0 0-6.6-.4l-3 3a4.5 4.5 0 0 0 6.4 6.4l1.6-1.7" />
    </>,
    props,
  )

export const GamepadIcon = (props: IconProps) =>
  stroked(
    <>
      <path d="M7 7h10a5 5 0 0 1 5 5.2l-.3 3.3a2.6 2.6 0 0 1-4.6 1.4L15.5 15h-7l-1.6 1.9a2.6 2.6 0 0 1-4.6-1.4L2 12.2A5 5 0 0 1 7 7z" />
      <path d="M8 9.8v3M6.5 11.3h3M15.5 10.3h.01M17.5 12.3h.01" />
    </>,
    props,
  )

export const StepBackIcon = (props: IconProps) =>
  stroked(
    <>
      <path d="M16 6l-7 6 7 6z" fill="currentColor" />
      <path d="M6 6v12" />
    </>,
    props,
  )

export const StepIcon = (props: IconProps) =>
  stroked(
    <>
      <path d="M8 6l7 6-7 6z" fill="currentColor" />
      <path d="M18 6v12" />
    </>,
    props,
  )

export const ExportIcon = (props: IconProps) =>
  stroked(<path d="M12 15V3.5M7.5 8 12 3.5 16.5 8M4 14.5V20h16v-5.5" />, props)

export const ImportIcon = (props: IconProps) =>
  stroked(<path d="M12 3.5V15M7.5 10.5 12 15l4.5-4.5M4 14.5V20h16v-5.5" />, props)

export const PanelIcon = (props: IconProps) =>
  stroked(
    <>
      <rect x="3" y="4.5" width="18" height="15" rx="2" />
      <path d="M15 4.5v15" />
    </>,
    props,
  )

export const UndoIcon = (props: IconProps) =>
  stroked(<path d="M8.5 5 4 9.5 8.5 14M4 9.5h10.5a5 5 0 0 1 0 10H9" />, props)

export const CameraIcon = (props: IconProps) =>
  stroked(
    <>
      <rect x="3" y="7" width="12.5" height="10" rx="2" />
      <path d="m15.5 11 5.5-3v8l-5.5-3z" />
    </>,
    props,
  )

export const DownloadIcon = (props: IconProps) =>
  stroked(<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14" />, props)

export const PreviousIcon = (props: IconProps) => stroked(<path d="m15 5-7 7 7 7" />, props)

export const FollowingIcon = (props: IconProps) => stroked(<path d="m9 5 7 7-7 7" />, props)
