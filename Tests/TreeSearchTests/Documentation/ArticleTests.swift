import Testing
import TreeSearchTesting

@testable import TreeSearch

/// What the documentation states is what the engine has.
struct ArticleTests {
  @Test(arguments: Preset.allCases)
  func aPresetsTableIsItsSettings(_ preset: Preset) throws {
    let rows = try Article("Presets").rows(below: "`\(preset.rawValue)`")
    let settings = preset.settings.map { id, value in
      ["`\(id)`", SearchParameters().value(id)?.description ?? "", value]
    }
    #expect(rows == settings)
  }

  @Test func everyPresetHasASection() throws {
    let titles = try Article("Presets").text.split(separator: "\n").filter { $0.hasPrefix("### ") }
    #expect(titles == Preset.names.map { "### `\($0)`" })
  }

  @Test func everyRuleAndEveryParameterIsListed() throws {
    let spans = try Article("Rules").spans
    for parameter in SearchParameters.declared {
      #expect(spans.contains(parameter.id), "\(parameter.id)")
      guard case .word(let words) = parameter.domain else { continue }
      for word in words { #expect(spans.contains(word), "\(parameter.id) = \(word)") }
    }
  }

  @Test func noParameterIsListedThatIsNotDeclared() throws {
    let ids = Set(SearchParameters.declared.map(\.id))
    let families = Set(ids.map { $0.prefix { $0 != "." } })
    for span in try Article("Rules").spans where span.contains(".") && !span.contains(" ") {
      if families.contains(span.prefix { $0 != "." }) { #expect(ids.contains(span), "\(span)") }
    }
  }

  @Test func everyEventAndEveryInterventionIsListed() throws {
    let spans = try Article("EventLog").spans
    var kinds: Set<String> = []
    for seed in 0..<200 as Range<UInt64> {
      var session = try RandomSession(seed: seed)
      for _ in 0..<60 { _ = session.step() }
      for event in session.driver.journal {
        kinds.insert(String("\(event)".prefix { $0 != "(" }))
        if case .intervened(let act) = event { kinds.insert(String("\(act)".prefix { $0 != "(" })) }
      }
    }
    #expect(kinds.count == 19 + 11)
    #expect(kinds.isSubset(of: spans), "\(kinds.subtracting(spans))")
  }

  @Test func theTutorialIsTheExampleProgram() throws {
    let program = try Article.source("SearchExample/main.swift")
    #expect(try Article("YourOwnPolicy").blocks("swift") == [program])
    let lines = program.split(separator: "\n").filter { !$0.hasPrefix("//") }
    #expect(lines.count <= 40, "it has \(lines.count) lines of code")
  }
}
