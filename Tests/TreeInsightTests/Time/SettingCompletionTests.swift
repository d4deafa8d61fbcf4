import Testing

@testable import TreeInsight
@testable import TreeSearch

/// What can follow in a fork's settings and in the value of one parameter.
struct SettingCompletionTests {
  private func fork(_ text: String, at cursor: Int? = nil, _ now: SearchParameters = SearchParameters()) -> [String] {
    FilterCompletion.fork(text, cursor: cursor ?? text.count, now: now).items.map(\.text)
  }

  @Test func namesBeginWithOrHoldWhatIsTyped() {
    #expect(fork("selection.exp").first == "selection.exploration=")
    #expect(fork("limit.simulations=5 explorat") == ["selection.exploration="], "the idea is enough")
    #expect(fork("see") == ["seed="] && fork("pre").first == "preset=")
    #expect(fork("").count == SearchParameters.declared.count + 2)
    #expect(FilterCompletion.fork("seed=1 sel", cursor: 10, now: SearchParameters()).range == 7..<10)
    #expect(fork("selection.exp x", at: 13).first == "selection.exploration=", "what stands behind the cursor stays")
    #expect(fork("no such") == [] && fork("no.such=") == [])
  }

  @Test func valuesAreThoseThatTheParameterTakes() throws {
    #expect(fork("preset=") == Preset.names)
    #expect(fork("preset=ts") == ["ts-llm", "ts-llm-rollout", "ts-llm-beam", "ts-llm-dfs"])
    #expect(fork("final.selection=") == FinalSelection.allCases.map(\.rawValue))
    #expect(fork("final.selection=weig") == ["weightedVote"])
    #expect(FilterCompletion.fork("seed=1 final.selection=weig", cursor: 27, now: SearchParameters()).range == 23..<27)
    #expect(fork("rollout.insert=") == ["true", "false"])
    var now = SearchParameters()
    try now.set("selection.exploration", to: "0.25")
    let items = FilterCompletion.fork("selection.exploration=", cursor: 22, now: now).items
    #expect(items.map(\.text) == ["0.25", "1"] && items.map(\.help) == ["now", "the default"])
  }

  @Test func whatIsAValueAlreadyLeadsToTheNext() throws {
    let parameter = try #require(SearchParameters.named("rollout.insert"))
    func next(_ text: String) -> [String] {
      FilterCompletion.value(of: parameter, text, cursor: text.count, now: SearchParameters()).items.map(\.text)
    }
    #expect(next("true") == ["false"] && next("false") == ["true"] && next("f") == ["false"] && next("x") == [])
  }
}
