import Vocabulary

/// What `auto.samples` picked for the rest of a search, and by what: an event, so that a journal replays whatever is picked later on.
public struct PresetPick: Codable, Equatable, Sendable {
  /// Simulations made when it was picked.
  public let made: Int
  /// What the tree showed.
  public let look: FirstLook
  /// What that was taken for.
  public let difficulty: PredictedDifficulty
  /// The preset picked.
  public let preset: String
  /// The parameters that change by it. What somebody had set otherwise than the preset `auto` is not among them.
  public let settings: [String: ParameterValue]

  /// What is picked for `tree` as it is. Complexity: that of ``FirstLook/init(_:)``.
  package init(_ tree: SearchTree) {
    self.init(FirstLook(tree), made: tree.simulations, under: tree.parameters)
  }

  /// What is picked by `look`, after `made` simulations under `parameters`.
  init(_ look: FirstLook, made: Int, under parameters: SearchParameters) {
    difficulty = PredictedDifficulty(ease: look.ease, parameters)
    let pick = difficulty.pick
    (self.made, self.look, preset) = (made, look, pick.preset.rawValue)
    var (own, wanted) = (SearchParameters(), SearchParameters())
    // The settings are those of a table: their ids and values are declared ones, which a test sees.
    for (id, value) in Preset.auto.settings { try? own.set(id, to: value) }
    for (id, value) in pick.preset.settings + pick.settings { try? wanted.set(id, to: value) }
    var settings: [String: ParameterValue] = [:]
    for id in (Preset.governed.map(\.id) + pick.settings.map(\.id)) where !id.hasPrefix("auto.") {
      guard let now = parameters.value(id), now == own.value(id), let then = wanted.value(id), then != now else {
        continue
      }
      settings[id] = then
    }
    self.settings = settings
  }

  /// Why this does not fit `tree`; nil where it does.
  func misfit(in tree: SearchTree) -> String? {
    guard tree.pick == nil else { return "a preset is picked twice" }
    guard look.isPlausible, made == tree.simulations else { return "no preset can be picked by that now" }
    let wrong = settings.sorted { $0.key < $1.key }.first { id, value in
      SearchParameters.named(id).map { $0.parse(value.description) == nil } ?? true
    }
    return wrong.map { "\($0.key) cannot be \($0.value)" }
  }
}

extension PredictedDifficulty {
  /// What is searched by from then on: a preset, and what of its width and budget is changed. Chosen on the development problems.
  var pick: (preset: Preset, settings: [(id: String, value: String)]) {
    switch self {
    case .easy: (.etascope, [("stop.rule", "forecast")])
    case .middle: (.etascope, [("width.spare", "4")])
    case .hard: (.etascope, [("width.spare", "1")])
    }
  }
}
