/** Error for a training that cannot run as planned; the message says what is missing. */
export class TrainingProblem extends Error {
  override readonly name = 'TrainingProblem'
}
