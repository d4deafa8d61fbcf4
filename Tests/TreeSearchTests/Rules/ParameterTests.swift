import Foundation
import Testing

@testable import TreeSearch

struct ParameterTests {
  @Test func whatIsNotInTheDomainIsRefusedInWords() {
    var parameters = SearchParameters()
    #expect(throws: ParameterError(description: "unknown parameter 'x'; `etascope parameters` lists them")) {
      try parameters.set("x", to: "1")
    }
    #expect(
      throws: ParameterError(description: "merge.draws: expected a whole number from 1 to 100, found '0'")
    ) { try parameters.set("merge.draws", to: "0") }
    for text in ["nan", "inf", "-1", "1e999", "", "one"] {
      #expect(throws: ParameterError.self) { try parameters.set("selection.exploration", to: text) }
    }
    #expect(parameters == SearchParameters())
  }

  @Test func aWholeNumberInARealParameterSurvivesJSON() throws {
    var parameters = SearchParameters()
    try parameters.set("selection.exploration", to: "2")
    try parameters.set("width.tolerance", to: "0.25")
    try parameters.set("option.greedyFirst", to: "false")
    try parameters.set("final.selection", to: "majority")
    let data = try JSONEncoder().encode(parameters)
    #expect(try JSONDecoder().decode(SearchParameters.self, from: data) == parameters)
  }

  @Test func aStoredHeaderIsCheckedAndUnknownParametersAreKept() throws {
    func decode(_ json: String) throws -> SearchParameters {
      try JSONDecoder().decode(SearchParameters.self, from: Data(json.utf8))
    }
    for bad in [#"{"width.tolerance": 0}"#, #"{"merge.draws": 2.5}"#, #"{"final.selection": "best"}"#] {
      #expect(throws: DecodingError.self) { try decode(bad) }
    }
    #expect(try decode(#"{"future.rule": 3}"#).changes == ["future.rule": .integer(3)])
    #expect(try decode(#"{"merge.draws": 5}"#) == SearchParameters())
  }

  @Test func everyParameterIsDeclaredOnceAndItsDefaultFits() {
    let ids = SearchParameters.declared.map(\.id)
    #expect(Set(ids).count == ids.count)
    for parameter in SearchParameters.declared {
      #expect(parameter.parse(parameter.fallback.description) == parameter.fallback, "\(parameter.id)")
      #expect(!parameter.help.isEmpty)
    }
  }
}
