/** A training that cannot begin as it is planned; the message says what is missing. */
export class TrainingProblem extends Error {
  override readonly name = 'TrainingProblem'
}
