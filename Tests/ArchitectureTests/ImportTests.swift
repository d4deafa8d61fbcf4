import Foundation
import Testing

/// Arrows between modules point one way: each module imports what ``Module/all`` lists and nothing else.
struct ImportTests {
  /// Modules that may use Foundation beside these.
  private static let everywhere: Set = ["Foundation", "FoundationNetworking", "Dispatch", "Synchronization", "Glibc"]

  private static let allowed = Dictionary(uniqueKeysWithValues: Module.all.map { ($0.name, Set($0.imports)) })

  private let repository = Repository()

  @Test func everyFolderIsAModuleOfTheDesign() throws {
    #expect(try repository.folders(in: "Sources") == Self.allowed.keys.sorted())
  }

  @Test(arguments: allowed.keys.sorted())
  func importsFollowTheArrows(_ module: String) throws {
    let allowed = Self.allowed[module, default: []].union(Self.everywhere)
    for path in repository.files(in: "Sources/\(module)") where path.hasSuffix(".swift") {
      let text = try #require(try repository.text(path))
      for name in Self.imports(in: text) {
        #expect(allowed.contains(name), "\(path) imports \(name), which \(module) may not")
      }
    }
  }

  /// What a target depends on is what its files may import: no more, or a build would take longer than it has to.
  @Test func theManifestDependsOnWhatMayBeImported() throws {
    let manifest = try Manifest(try #require(try repository.text("Package.swift")))
    #expect(Set(manifest.dependencies.keys).isSuperset(of: Self.allowed.keys))
    for (name, dependencies) in manifest.dependencies {
      guard let allowed = Self.allowed[name] else { continue }
      #expect(Set(dependencies) == allowed, "the dependencies of \(name) in Package.swift")
    }
  }

  @Test func thePageShowsTheTable() throws {
    let page = try #require(try repository.text("Sources/TreeSearch/TreeSearch.docc/Architecture.md"))
    #expect(page.contains("\n\n\(Module.markdown)\n\n"), "the table of modules is stale: run .ci/references")
  }

  @Test func onlyTheCursesModuleIncludesACursesHeader() throws {
    for path in repository.files(in: "Sources") where [".c", ".h", ".swift"].contains(where: path.hasSuffix) {
      let text = try #require(try repository.text(path))
      let includes = text.split(whereSeparator: \.isNewline).contains {
        $0.trimmingPrefix { $0.isWhitespace }.hasPrefix("#include") && ($0.contains("curses") || $0.contains("term.h"))
      }
      #expect(!includes || path.hasPrefix("Sources/CNcurses/"), "\(path) includes a curses header")
    }
  }

  /// The explorer is pure: Foundation formats numbers and dates there and reaches nothing outside the process.
  @Test func theExplorerUsesFoundationForFormattingOnly() throws {
    let outside = [
      "FileManager", "FileHandle", "URLSession", "ProcessInfo", "Process(", "Data(contentsOf", "contentsOfFile",
      "UserDefaults", "NotificationCenter", "DispatchQueue", "Thread.", "Timer(", "Timer.", "Date()", "Date.now",
      "getenv(",
      "fopen(", "print(",
    ]
    for path in repository.files(in: "Sources/Explorer") where path.hasSuffix(".swift") {
      let text = try #require(try repository.text(path))
      for word in outside where Self.code(of: text).contains(word) { Issue.record("\(path) uses \(word)") }
    }
  }

  @Test func theReaderOfManifestsReadsEveryForm() throws {
    let text = """
      .target(name: "A", linkerSettings: [.linkedLibrary("z")]),
      .target(
        name: "B", dependencies: ["A", .product(name: "C", package: "c-kit")], cSettings: [.unsafeFlags(["-O3"])]),
      .executableTarget(name: "D", dependencies: []),
      .testTarget(name: "BTests", dependencies: ["B"], path: "Tests/B", resources: [.copy("Fixtures")]),
      """
    #expect(try Manifest(text).dependencies == ["A": [], "B": ["A", "C"], "D": [], "BTests": ["B"]])
  }

  @Test func theReaderOfImportsReadsEveryForm() {
    let text = """
      import A
        @testable import B
      public import struct C.D
      // import E
      import F.G
      @preconcurrency import H  // why
      let important = 1
      """
    #expect(Self.imports(in: text) == ["A", "B", "C", "F", "H"])
  }

  /// Modules that a Swift file imports, in order.
  private static func imports(in text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.split { $0 == " " || $0 == "\t" }
      guard let at = words.firstIndex(of: "import"), words[..<at].allSatisfy(isModifier), at + 1 < words.count else {
        return nil
      }
      let kinds = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias", "actor"]
      let name = kinds.contains(String(words[at + 1])) ? words.dropFirst(at + 2).first : words[at + 1]
      return name?.split(separator: ".").first.map(String.init)
    }
  }

  private static func isModifier(_ word: Substring) -> Bool {
    word.hasPrefix("@") || ["public", "internal", "package", "private", "fileprivate"].contains(word)
  }

  /// A file without its line comments.
  private static func code(of text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { $0.prefix(upTo: $0.firstRange(of: "//")?.lowerBound ?? $0.endIndex) }
      .joined(separator: "\n")
  }
}
