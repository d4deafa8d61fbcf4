/// The forms of training data that trainers take as they are (TRL's dataset formats).
public enum DatasetFormat: String, CaseIterable, Codable, Sendable {
  /// `prompt`, `completion`: SFT.
  case promptCompletion = "prompt-completion"
  /// `messages`: SFT on chat models.
  case conversational
  /// `prompt`, `chosen`, `rejected`: DPO and its kin.
  case preference
  /// `prompt`, `completions`, `labels`: process reward models.
  case stepwise
}

/// Choices that an export leaves to the person who makes it.
public struct DatasetOptions: Equatable, Sendable {
  /// The card's `pretty_name`.
  public var name: String
  /// The card's licence, one of the hub's identifiers.
  public var license: String
  /// The card's language, ISO 639-1.
  public var language: String
  /// What a person's neutral step label becomes in the stepwise form, which knows true and false only. TRL's own converter
  /// of PRM800K makes it false.
  public var neutralCountsAsGood: Bool

  /// Options with their fields as given.
  public init(
    name: String = "Search trajectories", license: String = "unknown", language: String = "en",
    neutralCountsAsGood: Bool = false
  ) {
    self.name = name
    self.license = license
    self.language = language
    self.neutralCountsAsGood = neutralCountsAsGood
  }
}
