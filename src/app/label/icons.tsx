/** Icons of the labelling desk, on 24×24 with the text's colour. */
import { stroked } from '../shell/stroked.tsx'

export const ExportIcon = () =>
  stroked(<path d="M12 15V3.5M7.5 8 12 3.5 16.5 8M4 14.5V20h16v-5.5" />)

export const ImportIcon = () =>
  stroked(<path d="M12 3.5V15M7.5 10.5 12 15l4.5-4.5M4 14.5V20h16v-5.5" />)

export const PanelIcon = () =>
  stroked(
    <>
      <rect x="3" y="4.5" width="18" height="15" rx="2" />
      <path d="M15 4.5v15" />
    </>,
  )

export const UndoIcon = () => stroked(<path d="M8.5 5 4 9.5 8.5 14M4 9.5h10.5a5 5 0 0 1 0 10H9" />)

export const CameraIcon = () =>
  stroked(
    <>
      <rect x="3" y="7" width="12.5" height="10" rx="2" />
      <path d="m15.5 11 5.5-3v8l-5.5-3z" />
    </>,
  )
