import { Command } from 'commander'
import { expect, it } from 'vitest'
import { calledAs } from './sweep-commands.ts'

/** Returns how a made-up command is named when it is called with these words. */
function nameOf(...words: readonly string[]): string {
  const numbers = (text: string) => text.split(',').map(Number)
  let name = ''
  new Command('methods')
    .option('--work <folder>', '', 'runs')
    .option('--only <variant...>')
    .option('--prefer <jumppad...>', '', ['left', 'right'])
    .option('--pairs <rule>', '', 'random')
    .option('--seeds <n,n>', '', numbers, [1, 2, 3])
    .option('--keep-trials')
    .action((_, command: Command) => {
      name = calledAs(command)
    })
    .parse([...words], { from: 'user' })
  return name
}

it('names a command by the options that limit what it computes, so that pieces of it are told apart', () => {
  expect(nameOf()).toBe('methods')
  expect(nameOf('--work', 'elsewhere', '--keep-trials')).toBe('methods')
  expect(nameOf('--seeds', '2,3', '--pairs', 'telling')).toBe('methods --pairs telling --seeds 2,3')
  expect(nameOf('--prefer', 'left', 'middle', '--only', 'size medium', 'from base')).toBe(
    "methods --only 'size medium' 'from base' --prefer left middle",
  )
})
