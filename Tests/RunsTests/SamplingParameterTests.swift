import Foundation
import Models
import Testing
import TreeInsight
import TreeSearch

@testable import Runs

/// What a run's parameters mean for the model.
struct SamplingParameterTests {
  @Test func withoutParametersAnOptionIsALine() {
    let sampling = Sampling(SearchParameters())
    #expect(sampling.end == .line)
    #expect(sampling.topP == 1)
    #expect(sampling.rolloutTopP == 1)
  }

  @Test func levels() throws {
    #expect(Sampling(try .given(["option.level": .word("token")])).end == .token)
    #expect(Sampling(try .given(["option.level": .word("sentence")])).end == .line)
    let plain = Sampling(try .given(["option.level": .word("option")]))
    #expect(plain.end == .option(OptionEnd(stops: [Array("\n\n".utf8)])))
    let all = Sampling(
      try .given([
        "option.level": .word("option"), "option.stop": .word(#"\n\n|So"#), "option.formula": .flag(true),
        "option.entropy": .number(1.5), "rollout.topP": .number(0.5), "option.topP": .number(0.25),
      ]))
    #expect(
      all.end == .option(OptionEnd(stops: [[0x0A, 0x0A], Array("So".utf8)], needsFormula: true, entropy: 1.5)))
    #expect(all.rolloutTopP == 0.5)
    #expect(all.topP == 0.25)
  }

  @Test(arguments: [
    (#"\n\n"#, ["\n\n"]), (#"\n|\t"#, ["\n", "\t"]), (#"a\\n"#, [#"a\n"#]), (#"a\|b|c"#, ["a|b", "c"]),
    (#"\d"#, [#"\d"#]), (#"a\"#, [#"a\"#]), ("||", []), ("", []), (" é ", [" é "]),
  ])
  func stopTexts(_ list: String, _ texts: [String]) {
    #expect(StopTexts.read(list) == texts.map { Array($0.utf8) })
  }
}

extension SearchParameters {
  /// Parameters as a run's header holds them.
  static func given(_ values: [String: ParameterValue]) throws -> SearchParameters {
    try JSONDecoder().decode(SearchParameters.self, from: JSONEncoder().encode(values))
  }
}
