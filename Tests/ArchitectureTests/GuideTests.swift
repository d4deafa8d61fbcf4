import Testing

/// What the guides name is there: a guide that leads nowhere is worse than none.
struct GuideTests {
  private let repository = Repository()
  private static let guide = "Sources/etascope/etascope.docc/CodeGuide.md"

  @Test(arguments: [guide, ".github/CONTRIBUTING.md", ".github/SECURITY.md", "README.md"])
  func everyFileNamedIsThere(_ page: String) throws {
    let files = repository.files()
    let text = try #require(try repository.text(page))
    let paths = Self.paths(in: text)
    for path in paths {
      let places = [path, "Sources/" + path, "Tests/" + path]
      let found = files.contains { file in
        places.contains { $0 == file || file.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
      }
      #expect(found, "\(page) names \(path)")
    }
  }

  /// From a question to its answer in few files: how many each may take.
  @Test(arguments: [
    ("Which key does what?", 3), ("How is a width decided?", 2), ("What happens when I press `c`?", 8),
    ("How does a server's answer become an event?", 8), ("Where does a new critic go?", 2),
    ("Where does a new export format go?", 2), ("Where does a stage of a loop and its subcommand go?", 3),
  ])
  func aRouteIsShort(_ question: String, _ most: Int) throws {
    let text = try #require(try repository.text(Self.guide))
    let line = try #require(
      text.split(separator: "\n").first { $0.hasPrefix("| \(question) |") },
      "the code guide has no route to: \(question)")
    let hops = Self.paths(in: String(line.dropFirst(question.count + 4)))
    #expect((1...most).contains(hops.count), "\(hops)")
  }

  @Test func theReaderOfPathsReadsWhatLooksLikeOne() {
    #expect(
      Self.paths(in: "`Sources/A.swift`, `make test`, `a/b/` and `--x=1/2`, ``Type/member``, `ID=a/b`") == [
        "Sources/A.swift", "a/b/",
      ])
  }

  /// What stands in single backticks and looks like a folder or file of ours.
  private static func paths(in text: String) -> [String] {
    let prose = text.replacing(/```[^`]*```|``[^`]*``/, with: "")
    return prose.matches(of: /`(\.?[A-Za-z][A-Za-z0-9_.+\-]*(?:\/[A-Za-z0-9_.+\-]+)*\/?)`/).map { String($0.1) }
      .filter { $0.contains("/") && !$0.hasPrefix(".build") }
  }
}
