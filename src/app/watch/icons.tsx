/** Icons that only the Watch page needs, drawn as those of the shell are. */
import { type IconProps, stroked } from '../shell/stroked.tsx'

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
