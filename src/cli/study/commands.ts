/** The command `study` with its subcommands. */
import { Command, InvalidArgumentError, Option } from 'commander'
import { MOST_CLIPS, MOST_LABELLERS, MOST_PAIRS_EACH } from '../../study/index.ts'
import { SEED, wholeNumber } from '../options.ts'
import { checkStudyFile } from './check.ts'
import { readNodes, writeCluster } from './cluster.ts'
import { describeFormats, EXPORT_FORMATS, EXPORT_METHODS, exportStudy } from './export.ts'
import { invite, remove, renew, revoke } from './invite.ts'
import { createStudyFile } from './new.ts'
import { prepareStudyFile } from './prepare.ts'
import { serveStudy } from './serve.ts'
import { showStatus } from './status.ts'

const STUDY_FILE = 'study.json'

const models = () =>
  new Option('--models <folder>', 'folder of the agents’ model files').default('models')
const folder = () =>
  new Option('--dir <folder>', 'folder of keys, invitations and answers; <file>-study if omitted')
const FOLDER = 'folder that “study serve” made, such as study-study'

function several(text: string, earlier: readonly string[]): string[] {
  if (text === '') throw new InvalidArgumentError('Expected a file.')
  return [...earlier, text]
}

const creating = new Command('new')
  .description('writes a study file to start from')
  .argument('[file]', 'where to write it', STUDY_FILE)
  .addOption(
    new Option('--agent <model>', 'agent whose clips are compared; repeat for more')
      .argParser(several)
      .default([], 'models/fine-tuned.onnx'),
  )
  .requiredOption('--title <text>', 'title that labellers see')
  .requiredOption('--question <text>', 'question about each pair of clips')
  .option('--labellers <n>', 'number of labellers', wholeNumber(1, MOST_LABELLERS))
  .option('--pairs-each <n>', 'number of pairs for each labeller', wholeNumber(1, MOST_PAIRS_EACH))
  .option('--overlap <n>', 'number of people who answer each pair', wholeNumber(1, 20))
  .option('--clips <n>', 'number of clips that each agent plays', wholeNumber(2, MOST_CLIPS))
  .option('--re-shows <n>', 'number of pairs that are shown twice', wholeNumber(0, 100))
  .option('--island <island>', 'id of a shipped island, or a file of an island')
  .option('--graded', 'offer “better” and “much better” as answers', false)
  .option('--seed <n>', 'seed of clips and pairs; random if omitted', wholeNumber(0, SEED))
  .action((file: string, { agent, ...options }) =>
    createStudyFile(file, {
      ...options,
      agent: agent.length > 0 ? agent : ['models/fine-tuned.onnx'],
    }),
  )

const checking = new Command('check')
  .description('says whether a study file can be used')
  .argument('<file>', 'a study file')
  .addOption(models())
  .action(checkStudyFile)

const preparing = new Command('prepare')
  .description('plays the clips of a study and draws its pairs')
  .argument('<file>', 'a study file')
  .option('--output <file>', 'where to write the result; the same file if omitted')
  .addOption(models())
  .action(prepareStudyFile)

const serving = new Command('serve')
  .description('serves the lab with a study, and collects the answers')
  .argument('[file]', 'a study file', STUDY_FILE)
  .addOption(folder())
  .option('--port <n>', 'port of the lab', wholeNumber(1, 65_535), 4173)
  .option('--host', 'let other machines of the network reach it', false)
  .option(
    '--address <url>',
    'address at which a proxy makes it known, such as https://labels.example.org/',
  )
  .option('--cert <file>', 'certificate in PEM, to serve by https')
  .option('--key <file>', 'key of the certificate in PEM')
  .addOption(models())
  .action(serveStudy)

const inviting = new Command('invite')
  .description('makes further invitations, or hands on a place that nobody has taken')
  .argument('<folder>', FOLDER)
  .option('--number <n>', 'number of further invitations', wholeNumber(1, MOST_LABELLERS), 1)
  .addOption(
    new Option('--in-place-of <n>', 'labeller whose pairs the new one gets')
      .argParser(wholeNumber(1, 1_000_000))
      // A place is handed on to one person.
      .conflicts('number'),
  )
  .action(invite)

const revoking = new Command('revoke')
  .description('locks a labeller out; what they have sent is kept')
  .argument('<folder>', FOLDER)
  .argument('<number>', 'number of the invitation', wholeNumber(1, 1_000_000))
  .action(revoke)

const removing = new Command('remove')
  .description('deletes what a labeller has sent, and locks the labeller out')
  .argument('<folder>', FOLDER)
  .argument('<number>', 'number of the invitation', wholeNumber(1, 1_000_000))
  .action(remove)

const renewing = new Command('renew')
  .description('makes a new link for the researcher, and revokes the earlier one')
  .argument('<folder>', FOLDER)
  .action(renew)

const status = new Command('status')
  .description('says who has answered how much')
  .argument('<folder>', FOLDER)
  .action(showStatus)

const exporting = new Command('export')
  .description('writes the answers to standard output')
  .argument('<folder>', FOLDER)
  .addOption(
    new Option('--format <name>', describeFormats()).choices(EXPORT_FORMATS).default('jsonl'),
  )
  .addOption(
    new Option('--method <name>', 'how several answers to a pair become one')
      .choices(EXPORT_METHODS)
      .default('majority'),
  )
  .action(exportStudy)

const clustering = new Command('cluster')
  .description('writes the configuration of three or more servers that store a study together')
  .argument('[file]', 'a study file', STUDY_FILE)
  .requiredOption('--nodes <hosts>', 'servers as host,host,host or host:port,…', readNodes)
  .addOption(folder())
  .addOption(models())
  .action(writeCluster)

/** Returns the command, whose subcommands inherit the settings of `program`. */
export function studyCommand(program: Command): Command {
  const study = new Command('study').description('studies with many labellers')
  for (const command of [
    ...[creating, checking, preparing, serving, status],
    ...[inviting, revoking, removing, renewing, exporting, clustering],
  ]) {
    study.addCommand(command.copyInheritedSettings(program).exitOverride())
  }
  return study
}
