import Models
import TreeSearch

/// How texts are drawn, as a run's parameters say.
struct Sampling: Equatable {
  /// Where an option ends.
  let end: SampleRequest.End
  /// Nucleus of option sampling, in (0, 1].
  let topP: Double
  /// Length cap of one option, in tokens.
  let optionTokens: Int
  /// Nucleus of rollout sampling, in (0, 1].
  let rolloutTopP: Double
  /// Length cap of one fast rollout, and of an option that runs to the text's end, in tokens.
  let rolloutTokens: Int

  init(_ parameters: SearchParameters) {
    end = Self.end(parameters)
    topP = parameters[SearchParameters.optionTopP]
    optionTokens = parameters[SearchParameters.optionMaximumTokens]
    rolloutTopP = parameters[SearchParameters.rolloutTopP]
    rolloutTokens = parameters[SearchParameters.rolloutMaximumTokens]
  }

  /// The levels of AlphaLLM, table 1.
  private static func end(_ parameters: SearchParameters) -> SampleRequest.End {
    switch parameters[SearchParameters.optionLevel] {
    case .token: return .token
    case .option:
      let entropy = parameters[SearchParameters.optionEntropy]
      return .option(
        OptionEnd(
          stops: StopTexts.read(parameters[SearchParameters.optionStop]),
          needsFormula: parameters[SearchParameters.optionFormula], entropy: entropy > 0 ? entropy : nil))
    case .sentence: return .line
    }
  }
}

/// Stop texts as the parameter `option.stop` spells them.
enum StopTexts {
  /// The bytes of each text of `list`: separated by `|`, with `\n`, `\t`, `\\` and `\|` for what they stand for. Any other
  /// backslash is itself; an empty text stands for nothing and is left out.
  static func read(_ list: String) -> [[UInt8]] {
    var texts: [[UInt8]] = [[]]
    var rest = list.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "|") {
        texts.append([])
      } else if byte == UInt8(ascii: "\\"), let escaped = rest.first.flatMap({ escapes[$0] }) {
        rest = rest.dropFirst()
        texts[texts.count - 1].append(escaped)
      } else {
        texts[texts.count - 1].append(byte)
      }
    }
    return texts.filter { !$0.isEmpty }
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "|"): UInt8(ascii: "|"),
  ]
}
