import { Text } from '@mantine/core'
import { useDesk } from './store.ts'
import classes from './TopBar.module.css'

/** Renders the number of committed labels; those still being saved do not count. */
export function SavedCount({ before }: { readonly before?: string }) {
  const saved = useDesk((state) => state.saved)
  const unsaved = useDesk((state) => state.unsaved)
  const failed = useDesk((state) => state.saveProblem !== undefined)
  return (
    <div
      className={classes.saved}
      data-state={failed ? 'failed' : unsaved > 0 ? 'saving' : 'saved'}
    >
      <span className={classes.dot} aria-hidden="true" />
      {before ? <span aria-hidden="true">{before}</span> : null}
      <output className={classes.count} aria-label="Saved labels">
        {saved ?? '…'}
      </output>
      {before && unsaved === 0 ? null : (
        <Text span inherit miw={before ? undefined : '4em'} visibleFrom="sm" aria-hidden="true">
          {failed ? `saved, ${unsaved} not` : unsaved > 0 ? 'saving…' : 'saved'}
        </Text>
      )}
    </div>
  )
}
