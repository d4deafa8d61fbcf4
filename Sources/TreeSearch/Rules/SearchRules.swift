/// All rules that a search's parameters ask for, as plain values for the hot path.
public struct SearchRules: Sendable {
  /// How the next node is found.
  public let traversal: TraversalRule
  /// How children are compared.
  public let selection: SelectionRule
  /// What stands in for Q before a child's first backup.
  public let firstPlay: FirstPlay
  /// What first-play urgency takes off the parent's Q.
  public let firstPlayReduction: Double
  /// How many children a node may have.
  public let width: WidthRule
  /// What happens to a draw that is like a sibling.
  public let merge: MergeRule
  /// When two options are alike.
  public let predicate: SimilarityPredicate
  /// What Q is of the rewards backed up.
  public let backup: BackupRule
  /// What one edge adds.
  public let level: OptionLevel
  /// When no new simulation begins.
  public let limits: Limits

  let optionTemperature, rolloutTemperature, pruneBelow: Double
  package let maximumDepth, maximumDraws, rolloutsPerNode, workers, virtualLoss, beamWidth, children: Int
  let greedyFirstChild, insertsRollouts, runsToTerminal: Bool
  /// A simulation is one descent that widens or revisits one node, and only one is under way.
  let isPlain: Bool

  /// The rules that `parameters` ask for.
  public init(_ parameters: SearchParameters) {
    typealias P = SearchParameters
    traversal = TraversalRule(rawValue: parameters.word(P.traversal)) ?? .tree
    selection = SelectionRule(parameters)
    firstPlay = FirstPlay(rawValue: parameters.word(P.firstPlay)) ?? .value
    firstPlayReduction = parameters.number(P.firstPlayReduction)
    width = WidthRule(parameters)
    merge = MergeRule(rawValue: parameters.word(P.mergeRule)) ?? .resample
    predicate = SimilarityPredicate(parameters)
    backup = BackupRule(parameters)
    level = OptionLevel(rawValue: parameters.word(P.optionLevel)) ?? .sentence
    limits = Limits(parameters)
    optionTemperature = parameters.number(P.optionTemperature)
    rolloutTemperature = parameters.number(P.rolloutTemperature)
    pruneBelow = parameters.number(P.pruneBelow)
    maximumDepth = parameters.integer(P.maximumDepth)
    maximumDraws = parameters.integer(P.maximumDraws)
    rolloutsPerNode = parameters.integer(P.rolloutsPerNode)
    workers = parameters.integer(P.workers)
    virtualLoss = parameters.integer(P.virtualLoss)
    beamWidth = parameters.integer(P.beamWidth)
    children = parameters.integer(P.fixedWidth)
    greedyFirstChild = parameters.flag(P.greedyFirstChild)
    insertsRollouts = parameters.flag(P.insertsRollouts)
    runsToTerminal = parameters.flag(P.runsToTerminal)
    isPlain = workers == 1 && traversal == .tree && !runsToTerminal && !width.isAllAtOnce
  }
}
