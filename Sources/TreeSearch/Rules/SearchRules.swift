/// All rules that a search's parameters ask for, as plain values for the hot path.
package struct SearchRules: Sendable {
  /// How the next node is found.
  package let traversal: TraversalRule
  /// How children are compared.
  package let selection: SelectionRule
  /// What stands in for Q before a child's first backup.
  package let firstPlay: FirstPlay
  /// What first-play urgency takes off the parent's Q.
  package let firstPlayReduction: Double
  /// How many children a node may have.
  package let width: WidthRule
  /// What happens to a draw that is like a sibling.
  package let merge: MergeRule
  /// When two options are alike.
  package let predicate: SimilarityPredicate
  /// What Q is of the rewards backed up.
  package let backup: BackupRule
  /// What one edge adds.
  package let level: OptionLevel
  /// When no new simulation begins.
  package let limits: Limits

  let optionTemperature, rolloutTemperature, pruneBelow, revisesBelow: Double
  /// How often in a row what is refuted is written anew.
  let revisions: Int
  package let maximumDepth, maximumDraws, rolloutsPerNode, workers, virtualLoss, beamWidth, children: Int
  /// After how many simulations without a draw the root gets one more child; 0 for never.
  package let spare: Int
  /// After how many simulations a preset is picked; 0 for never.
  let autoSamples: Int
  let greedyFirstChild, insertsRollouts, runsToTerminal, keepsForecasts: Bool
  /// Children are compared in a ``Contest``.
  let hasContest: Bool
  /// A simulation is one descent that widens or revisits one node, and only one is under way.
  let isPlain: Bool

  /// The rules that `parameters` ask for.
  package init(_ parameters: SearchParameters) {
    typealias P = SearchParameters
    traversal = parameters[P.traversal]
    selection = SelectionRule(parameters)
    firstPlay = parameters[P.firstPlay]
    firstPlayReduction = parameters[P.firstPlayReduction]
    width = WidthRule(parameters)
    merge = parameters[P.mergeRule]
    predicate = SimilarityPredicate(parameters)
    backup = BackupRule(parameters)
    level = parameters[P.optionLevel]
    limits = Limits(parameters)
    optionTemperature = parameters[P.optionTemperature]
    rolloutTemperature = parameters[P.rolloutTemperature]
    pruneBelow = parameters[P.pruneBelow]
    revisesBelow = parameters[P.reviseBelow]
    revisions = parameters[P.reviseCount]
    maximumDepth = parameters[P.maximumDepth]
    maximumDraws = parameters[P.maximumDraws]
    rolloutsPerNode = parameters[P.rolloutsPerNode]
    workers = parameters[P.workers]
    virtualLoss = parameters[P.virtualLoss]
    beamWidth = parameters[P.beamWidth]
    children = parameters[P.fixedWidth]
    spare = parameters[P.spareDraws]
    autoSamples = parameters[P.autoSamples]
    greedyFirstChild = parameters[P.greedyFirstChild]
    insertsRollouts = parameters[P.insertsRollouts]
    runsToTerminal = parameters[P.runsToTerminal]
    keepsForecasts = parameters[P.keepsForecasts]
    hasContest = if case .contest = selection { true } else { false }
    isPlain = workers == 1 && traversal == .tree && !runsToTerminal && !width.isAllAtOnce
  }
}

extension SearchParameters {
  /// `search.workers`.
  public static let workers = ParameterKey<Int>(
    "search.workers", 1...256, default: 1,
    help: "Simulations under way at once; with 1 the seed determines the run.", citation: "–")
  /// `search.virtualLoss`.
  public static let virtualLoss = ParameterKey<Int>(
    "search.virtualLoss", 0...100, default: 1,
    help: "Visits without reward that a simulation under way counts as along its path.",
    citation: "Chaslot, Winands & van den Herik, 2008")
}
