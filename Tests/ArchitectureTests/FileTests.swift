import Foundation
import Testing

/// What holds in every committed file.
struct FileTests {
  private let repository = Repository()

  @Test func noSourceFileIsLong() throws {
    for path in repository.files(in: "Sources") where [".swift", ".c", ".h"].contains(where: path.hasSuffix) {
      let lines = try #require(try repository.text(path)).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      #expect(lines.count <= 600, "\(path) has \(lines.count) lines")
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
    let root = repository.root.path()
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
