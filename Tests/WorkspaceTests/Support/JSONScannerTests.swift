import Testing

@testable import Workspace

@Suite struct JSONScannerTests {
  private func scan(_ text: String) throws -> [JSONScanner.Member] {
    try JSONScanner.members(of: Array(text.utf8)[...])
  }

  @Test func keepsWhatStoodThere() throws {
    let members = try scan(#" { "a" : 1.50e+3 , "b\n":[ {"x":null} , true ], "c":"\u00e9\ud83d\ude00\/" } "#)
    #expect(members.map(\.key) == ["a", "b\n", "c"])
    #expect(
      members.map { String(decoding: $0.raw, as: UTF8.self) }.prefix(2) == ["1.50e+3", #"[ {"x":null} , true ]"#])
    #expect(members.map(\.kind) == [.number, .list, .string])
    #expect(members[2].text == "é😀/")
  }

  @Test func halfASurrogatePairBecomesAReplacement() throws {
    #expect(try scan(#"{"a":"\ud83dx","b":"\ud83d\u0041"}"#).map(\.text) == ["\u{FFFD}x", "\u{FFFD}A"])
  }

  private static let faults: [(String, Int, String)] = [
    ("", 0, "a JSON object"), ("[1]", 0, "a JSON object"), ("{", 1, "a key in quotes"),
    (#"{"a" 1}"#, 5, "':' after the key"), (#"{"a":}"#, 5, "a JSON value"), (#"{"a":1"#, 6, "',' or '}'"),
    (#"{"a":1}x"#, 7, "nothing after the object"), (#"{"a":01}"#, 6, "',' or '}'"),
    (#"{"a":1.}"#, 7, "a digit after '.'"),
    (#"{"a":1e}"#, 7, "a digit of the exponent"), (#"{"a":"x"#, 7, "'\"' at the end of the string"),
    (#"{"a":"\x"}"#, 7, "an escape JSON knows after '\\'"),
    (#"{"a":"\u+123"}"#, 8, "four hexadecimal digits after '\\u'"),
    (#"{"a":"\"#, 7, "'\"' at the end of the string"), (#"{"a":nul}"#, 5, "a JSON value"),
    (#"{"a":[1,]}"#, 8, "a JSON value"),
    (#"{"a":[1 2]}"#, 8, "',' or ']'"), (#"{'a':1}"#, 1, "a key in quotes"), (#"{"a":NaN}"#, 5, "a JSON value"),
  ]

  @Test(arguments: faults) func saysWhereItWentWrong(_ text: String, _ offset: Int, _ expected: String) {
    #expect(throws: JSONScanner.Problem(offset: offset, expected: expected)) { try scan(text) }
  }

  @Test func deepNestingIsRefusedBeforeTheStackEnds() {
    let deep = #"{"a":"# + String(repeating: "[", count: 1_000_000)
    #expect(throws: JSONScanner.Problem(offset: 132, expected: "at most 128 levels of nesting")) { try scan(deep) }
  }
}
