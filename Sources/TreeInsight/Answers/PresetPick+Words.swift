import TreeSearch

extension PresetPick {
  /// What was picked and why, as one line of ASCII for a person.
  public var words: String {
    "after \(Words.things(made, "simulation")) the problem looks \(difficulty.rawValue), ease \(Words.number(look.ease)) "
      + "(\(Words.percent(look.agreement)) of \(Words.things(look.trajectories, "answer")) agree, "
      + "\(Words.percent(look.chance)) by critics, \(Words.percent(look.doubted)) doubted by a tool): \(short)\(changes)"
  }

  /// The preset and the difficulty.
  public var short: String { "\(Words.cut(preset)) for \(difficulty.rawValue)" }

  private var changes: String {
    settings.isEmpty
      ? "" : ", " + settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }
}
