import { MantineProvider } from '@mantine/core'
import { type ComponentType, lazy, useEffect, useLayoutEffect } from 'react'
import { LandingPage } from './landing/LandingPage.tsx'
import { PAGES } from './pages.ts'
import { guardFocus } from './shell/focus-guard.ts'
import { guardGestures } from './shell/gesture-guard.ts'
import { Header } from './shell/Header.tsx'
import { PageFrame } from './shell/PageFrame.tsx'
import classes from './shell/Shell.module.css'
import { SkipLink } from './shell/SkipLink.tsx'
import { useRoute } from './stores/route.ts'
import { cssVariables, theme } from './theme.ts'
import { TourHost } from './tour/TourHost.tsx'

/** Component of each page, by name. Only the landing page is part of the entry script. */
const BODIES: Readonly<Record<string, ComponentType>> = {
  overview: lazy(() => import('./overview/OverviewPage.tsx')),
  watch: lazy(() => import('./watch/WatchPage.tsx')),
  label: lazy(() => import('./label/LabelPage.tsx')),
  study: lazy(() => import('./study/StudyPage.tsx')),
  train: lazy(() => import('./train/TrainPage.tsx')),
  evaluate: lazy(() => import('./evaluate/EvaluatePage.tsx')),
  'few-labels': lazy(() => import('./few-labels/FewLabelsPage.tsx')),
  island: lazy(() => import('./island/IslandPage.tsx')),
}

export function App() {
  const name = useRoute((route) => route.page)
  const page = PAGES.find((each) => each.name === name)
  const Body = (page && BODIES[page.name]) ?? LandingPage
  useEffect(guardGestures, [])
  useEffect(guardFocus, [])
  // Before the effects of the page, which may have a title of its own.
  useLayoutEffect(() => {
    document.title = page ? `${page.title} · Jumppad` : 'Jumppad'
  }, [page])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={cssVariables}
      deduplicateCssVariables
    >
      <div className={classes.shell} data-fits={page?.fits || undefined}>
        <SkipLink />
        <Header pages={PAGES} current={page?.name} />
        <main className={classes.main} id="main" tabIndex={-1}>
          <PageFrame key={name}>
            <Body />
          </PageFrame>
        </main>
        <TourHost />
      </div>
    </MantineProvider>
  )
}
