/// Where an option ends: the termination function β of the options framework (AlphaLLM, section 4.2).
///
/// Whatever is set here, an option also ends at the end of text and at its request's length cap.
public struct OptionEnd: Sendable, Hashable {
  /// Texts, as bytes, that end the option with the token that completes one of them; they may span tokens.
  public var stops: [[UInt8]]
  /// A stop text counts only if the option holds a formula by then; without one the next stop text ends it in any case,
  /// as AlphaLLM's code reads on for one more span and no further.
  public var needsFormula: Bool
  /// Ends the option before a token whose distribution (temperature 1, nothing left out) has a greater entropy than this,
  /// in nats, if that token would begin a new word; nil switches it off.
  public var entropy: Double?

  /// Makes a rule; with everything left out an option ends with the text or at its length cap only.
  public init(stops: [[UInt8]] = [], needsFormula: Bool = false, entropy: Double? = nil) {
    self.stops = stops
    self.needsFormula = needsFormula
    self.entropy = entropy
  }

  /// Throws where a field is out of its range; `model` names the model in the message.
  func validated(for model: String) throws {
    if stops.contains(where: \.isEmpty) { throw ModelError(model, "stops", "expected texts of at least one byte") }
    if let entropy, !(entropy >= 0 && entropy.isFinite) {
      throw ModelError(model, "entropy", "expected a finite number of 0 or more, got \(entropy)")
    }
  }
}
