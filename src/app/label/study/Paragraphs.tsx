import classes from './Participation.module.css'

/** Renders a researcher's text, whose paragraphs are separated by empty lines. */
export function Paragraphs({ children }: { readonly children: string }) {
  const paragraphs = children
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
  return paragraphs.map((paragraph) => (
    <p key={paragraph} className={classes.paragraph}>
      {paragraph}
    </p>
  ))
}
