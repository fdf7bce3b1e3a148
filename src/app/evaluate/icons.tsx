/** Icons that only the Evaluate page needs. */
import { type IconProps, stroked } from '../shell/stroked.tsx'

export const DownloadIcon = (props: IconProps) =>
  stroked(<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14" />, props)

export const PreviousIcon = (props: IconProps) => stroked(<path d="m15 5-7 7 7 7" />, props)

export const FollowingIcon = (props: IconProps) => stroked(<path d="m9 5 7 7-7 7" />, props)
