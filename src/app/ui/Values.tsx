import classes from './Values.module.css'

interface ValuesProps {
  readonly values: readonly { readonly name: string; readonly value: string }[]
}

/** Row of a few values with their names. */
export function Values({ values }: ValuesProps) {
  return (
    <dl className={classes.values}>
      {values.map(({ name, value }) => (
        <div key={name} className={classes.pair}>
          <dt className={classes.name}>{name}</dt>
          <dd className={classes.value}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
