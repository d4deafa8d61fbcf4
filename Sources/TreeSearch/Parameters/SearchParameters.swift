/// An error in a parameter's name or value, in words for the person who typed it.
public struct ParameterError: Error, Equatable, CustomStringConvertible {
  /// What is wrong and what was expected.
  public let description: String

  package init(description: String) { self.description = description }
}

/// The parameters of one search: the declared defaults with some of them changed.
///
/// Rules read it once, when a search begins or a parameter changes, and keep plain numbers for the hot path.
public struct SearchParameters: Codable, Equatable, Sendable {
  private var changed: [String: ParameterValue] = [:]

  /// All defaults.
  public init() {}

  /// Sets `id` to the value that `text` means. Throws ``ParameterError`` for an unknown id or a value out of range.
  public mutating func set(_ id: String, to text: String) throws {
    guard let parameter = Self.byID[id] else {
      throw ParameterError(description: "unknown parameter '\(id)'; `etascope parameters` lists them")
    }
    guard let value = parameter.parse(text) else {
      throw ParameterError(description: "\(id): expected \(parameter.range), found '\(text)'")
    }
    changed[id] = value == parameter.fallback ? nil : value
  }

  /// The value of a declared parameter; nil for an unknown id.
  public func value(_ id: String) -> ParameterValue? { changed[id] ?? Self.byID[id]?.fallback }

  /// The value of a parameter: what was set, else its default.
  public subscript<Value>(key: ParameterKey<Value>) -> Value { key.value(of: changed[key.id]) }

  /// Sets a parameter. Throws ``ParameterError`` for a value out of its range.
  public mutating func set<Value>(_ key: ParameterKey<Value>, to value: Value) throws {
    try set(key.id, to: key.text(of: value))
  }

  /// Every parameter with its value, in order of declaration.
  public var all: [(parameter: Parameter, value: ParameterValue)] {
    Self.declared.map { ($0, changed[$0.id] ?? $0.fallback) }
  }

  /// The parameters that differ from their defaults.
  public var changes: [String: ParameterValue] { changed }

  /// Reads an object of changed values; unknown ids are kept, so an older program does not lose a newer run's settings.
  /// Throws `DecodingError.dataCorrupted` for a value outside its parameter's domain.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    for (id, value) in try container.decode([String: ParameterValue].self) {
      guard let parameter = Self.byID[id] else {
        changed[id] = value
        continue
      }
      // 2 and 2.0 are the same JSON number: the domain says which kind is meant.
      guard let meant = parameter.parse(value.description) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "\(id): expected \(parameter.range), found '\(value)'")
      }
      changed[id] = meant == parameter.fallback ? nil : meant
    }
  }

  /// Writes the changed values only.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.singleValueContainer()
    try c.encode(changed)
  }

  /// The declaration of a parameter; nil for an unknown id.
  public static func named(_ id: String) -> Parameter? { byID[id] }

  private static let byID = Dictionary(uniqueKeysWithValues: declared.map { ($0.id, $0) })
}

extension SearchParameters {
  /// Every parameter of the engine, in the order shown: flags, config keys, the settings panel and references read this
  /// list. Each is declared beside the rule that reads it.
  public static let declared: [Parameter] =
    [
      traversal.parameter, selectionRule.parameter, explorationConstant.parameter, explorationFactorTwo.parameter,
      puctBase.parameter, puctInitial.parameter, puctProcessWeight.parameter,
    ] + SelectionRule.parameters + [
      firstPlay.parameter, firstPlayReduction.parameter, beamWidth.parameter, pruneBelow.parameter,
      runsToTerminal.parameter,
      widthRule.parameter,
    ] + WidthRule.parameters + [
      spareDraws.parameter,
      maximumDepth.parameter, optionLevel.parameter, optionStop.parameter, optionFormula.parameter,
      optionEntropy.parameter, optionTemperature.parameter, optionTopP.parameter, optionMaximumTokens.parameter,
      greedyFirstChild.parameter, mergeRule.parameter, similarityPredicate.parameter, minimumDistance.parameter,
      similarityShare.parameter, maximumDraws.parameter, rolloutsPerNode.parameter, rolloutTemperature.parameter,
      rolloutTopP.parameter, rolloutMaximumTokens.parameter, insertsRollouts.parameter, backupRule.parameter,
      backupDiscount.parameter, simulationLimit.parameter, nodeLimit.parameter, tokenLimit.parameter,
      policyTokenLimit.parameter, rolloutTokenLimit.parameter, criticTokenLimit.parameter, secondsLimit.parameter,
      settledLimit.parameter, minimumTerminals.parameter,
    ] + StopRule.parameters + [
      workers.parameter, virtualLoss.parameter, toolRedraws.parameter, reviseCount.parameter, reviseBelow.parameter,
      finalSelection.parameter,
    ] + evidenceWeights + [
      calibration.parameter,
      keepsForecasts.parameter, forecastCalibration.parameter, autoSamples.parameter, autoEasy.parameter,
      autoHard.parameter,
    ]
}
