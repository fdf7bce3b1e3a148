import { MantineProvider } from '@mantine/core'
import { useEffect } from 'react'
import { Header } from './shell/Header.tsx'
import classes from './shell/Shell.module.css'
import { useRoute } from './stores/route.ts'
import { cssVariables, theme } from './theme.ts'
import { WatchPage } from './watch/WatchPage.tsx'

/** Pages by the name they have behind the hash; the first is shown where the name is unknown. */
const PAGES = [{ name: 'watch', title: 'Watch', Page: WatchPage }] as const

export function App() {
  const name = useRoute((route) => route.page)
  const { Page, title } = PAGES.find((page) => page.name === name) ?? PAGES[0]
  useEffect(() => {
    document.title = `${title} · Jumppad`
  }, [title])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={cssVariables}
      deduplicateCssVariables
    >
      <div className={classes.shell}>
        <Header pages={PAGES} current={title} />
        <main className={classes.main} id="main">
          <Page />
        </main>
      </div>
    </MantineProvider>
  )
}
