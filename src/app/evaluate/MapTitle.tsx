import kit from '../ui/kit.module.css'
import { Letter } from './Letter.tsx'

interface MapTitleProps {
  readonly index: number
  readonly colour: string
  readonly title: string
}

/** Title of a policy's map: the policy's letter and title. */
export function MapTitle({ index, colour, title }: MapTitleProps) {
  return (
    <h3 className={`${kit.label} ${kit.item}`}>
      <Letter index={index} colour={colour} />
      {title}
    </h3>
  )
}
