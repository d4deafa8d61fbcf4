import ArgumentParser
import Training

/// How a model is trained: what the flags leave out is as the recipe has it.
struct RecipeOptions: ParsableArguments {
  private static let usual = TrainingRecipe()
  private static let others = Trainers.all.filter { $0.recipe.learningRate != usual.learningRate }
    .map { "; \($0.name): \($0.recipe.learningRate)" }.joined()

  @Option(help: "The highest learning rate (default: \(usual.learningRate)\(others)).") var learningRate: Double?
  @Option(help: "Times that each row is seen (default: \(usual.epochs)).") var epochs: Int?
  @Option(help: "Steps at most (default: what the epochs come to).") var maxSteps: Int?
  @Option(help: "Rows a step (default: \(usual.batch)).") var batch: Int?
  @Option(help: "Steps over which the learning rate rises; then it falls in a line to 0 (default: \(usual.warmup)).")
  var warmup: Int?
  @Option(help: "The largest norm of a gradient (default: \(usual.clip)).") var clip: Double?
  @Option(help: "AdamW's pull to zero (default: \(usual.weightDecay)).") var weightDecay: Double?
  @Option(
    help: "What a token of the prompt weighs in the loss beside one of the answer (default: \(usual.promptWeight)).")
  var promptWeight: Double?
  @Option(
    help: ArgumentHelp(
      "Train an adapter of this rank instead of all weights, where the trainer can.", valueName: "rank"))
  var adapterRank: Int?
  @Flag(help: "Leave an adapter as it is, for a server that adds it, instead of putting it into the weights.")
  var leaveAdapter = false

  /// The recipe that the flags say, where they say nothing that of `trainer`.
  ///
  /// - Throws: an error of usage for a number out of its range.
  func recipe(for trainer: String? = nil) throws -> TrainingRecipe {
    var recipe = trainer.map { Trainers.recipe(of: $0) } ?? Self.usual
    if let learningRate { recipe.learningRate = learningRate }
    if let epochs { recipe.epochs = epochs }
    if let batch { recipe.batch = batch }
    if let warmup { recipe.warmup = warmup }
    if let clip { recipe.clip = clip }
    if let weightDecay { recipe.weightDecay = weightDecay }
    if let promptWeight { recipe.promptWeight = promptWeight }
    (recipe.maxSteps, recipe.adapterRank) = (maxSteps, adapterRank)
    if leaveAdapter { recipe.leavesAdapter = true }
    do {
      try recipe.validate()
    } catch {
      throw ExitError.usage("\(error)")
    }
    return recipe
  }
}
