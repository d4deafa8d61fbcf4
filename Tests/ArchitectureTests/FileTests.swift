import Foundation
import Testing

/// What holds in every committed file.
struct FileTests {
  private let repository = Repository()

  /// A file is one idea: none so long that nobody reads it whole, none so short that its idea lies in pieces.
  @Test func sourceFilesAreOfAReadableSize() throws {
    for (path, lines) in try sizes(of: [".swift", ".c", ".h", ".cpp"]) {
      #expect(lines <= 400, "\(path) has \(lines) lines: where does one idea end and the next begin?")
      #expect(lines >= 20 || Self.short[path] != nil, "\(path) has \(lines) lines: to which idea does it belong?")
    }
    let short = try sizes(of: [".swift", ".c", ".h"]).filter { $0.value < 20 }
    #expect(Set(Self.short.keys).subtracting(short.keys) == [], "these are gone or have grown")
  }

  /// Half of the files take a minute or two to read.
  @Test func theMedianFileIsReadAtOneGo() throws {
    let lines = try sizes(of: [".swift"]).values.sorted()
    let median = lines[lines.count / 2]
    #expect((80...120).contains(median), "the median of \(lines.count) files is \(median) lines")
  }

  /// Whole ideas that are said in a few lines.
  private static let short = [
    "Sources/Benchmarks/BenchmarkError.swift": "what every benchmark throws",
    "Sources/Benchmarks/Percentiles.swift": "what every benchmark of the screen reports",
    "Sources/CPrefetch/CPrefetch.c": "a module of C needs a file that is compiled",
    "Sources/CPrefetch/include/CPrefetch.h": "one word to the processor",
    "Sources/Vocabulary/CriticScope.swift": "a word of its own",
  ]

  private func sizes(of kinds: [String]) throws -> [String: Int] {
    let paths = repository.files(in: "Sources").filter { path in kinds.contains(where: path.hasSuffix) }
    return try Dictionary(
      uniqueKeysWithValues: paths.map { path in
        let bytes = try repository.bytes(path)
        return (path, bytes.count { $0 == UInt8(ascii: "\n") })
      })
  }

  /// A test that waits for a process would hold one of the few threads that all tests share.
  @Test func everyEndToEndTestHasAThreadOfItsOwn() throws {
    for path in repository.files(in: "Tests/EndToEndTests") where path.hasSuffix("Tests.swift") {
      let text = try #require(try repository.text(path))
      let suites = text.matches(of: /(?m)^(?:final )?(?:struct|class|actor) \w+Tests\b/).count
      #expect(text.matches(of: /@Suite\(\.ownThread/).count == suites, "\(path): a suite without .ownThread")
    }
  }

  /// A URL's plain `path()` writes a space as `%20`: a file of that name is nowhere.
  @Test func pathsAreNotWrittenAsURLs() throws {
    for path in repository.files(in: "Sources") where path.hasSuffix(".swift") {
      let text = try #require(try repository.text(path))
      #expect(!text.contains("." + "path()"), "\(path): .path(percentEncoded: false) is meant")
    }
  }

  @Test func nothingIsLeftForLater() throws {
    let words = ["TO" + "DO", "FIX" + "ME"]
    for path in repository.files() where path.hasSuffix(".swift") {
      let text = try #require(try repository.text(path))
      for word in words where text.contains(word) { Issue.record("\(path) contains \(word)") }
    }
  }

  /// A path of the machine on which a file was written means nothing anywhere else.
  @Test func noFileNamesAMachine() throws {
    // Put together here, so that not even this file names one.
    let folder = ["", "work", ""].joined(separator: "/")
    let root = repository.root.path(percentEncoded: false)
    let needles = ["main", "shared", "train", "rules.md", ".library"].map { folder + $0 } + [root]
    for path in repository.files() {
      let bytes = try repository.bytes(path)
      for needle in needles where bytes.range(of: Data(needle.utf8)) != nil {
        Issue.record("\(path) contains \(needle)")
      }
    }
  }

  @Test func theRepositoryIsRead() {
    let files = repository.files()
    #expect(files.contains("Package.swift"))
    #expect(files.contains("Sources/TreeSearch/Search.swift"))
    #expect(!files.contains { $0.hasPrefix(".build") || $0.hasPrefix(".git/") })
  }
}
