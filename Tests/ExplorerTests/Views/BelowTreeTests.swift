import Canvas
import Testing
import TreeSearch

@testable import Explorer

@Suite("The rows that a small tree leaves")
struct BelowTreeTests {
  static let large = Size(columns: 120, rows: 36)

  @Test("Before the first simulation: what can be done, by the keys in force, and what the signs mean")
  func beginning() {
    var person = FakeDriver(size: Self.large)
    let lines = person.screen()
    #expect(lines.contains { $0.contains("─ What you can do ─") })
    #expect(lines.contains { $0.contains("Space  lets it search, and pauses it") })
    #expect(lines.contains { $0.contains("─ Signs ─") } && lines.contains { $0.contains("? a tool doubts it") })
    person.press("s")
    #expect(!person.screen().contains { $0.contains("What you can do") || $0.contains("Signs") })
  }

  @Test("Later: the answers with their paths, the chosen one first, and the chosen solution with every word")
  func answers() throws {
    var person = FakeDriver(size: Size(columns: 120, rows: 60))
    person.press("s", times: 6)
    let (tree, run) = (person.tree, try #require(person.state.run))
    let candidates = tree.candidates()
    let chosen = try #require(run.chosen)
    let votes = candidates.filter { $0.answer == chosen.answer }.count
    let lines = person.screen()
    let title = try #require(lines.firstIndex { $0.contains("─ Answers ") })
    #expect(lines[title].contains("of \(candidates.count) paths, after 6 simulations"))
    #expect(lines[title + 1].contains("★ ") && lines[title + 1].contains(" \(chosen.answer) "))
    #expect(lines[title + 1].contains(" \(votes) path"))
    let solution = try #require(lines.firstIndex { $0.contains("─ Chosen solution ─") })
    let steps = run.bestPath.dropFirst().map { tree.details[$0.offset].option?.text ?? "" }
    for (row, step) in steps.enumerated() {
      #expect(lines[solution + 1 + row].contains(step.split(separator: "\n").joined()))
    }
    // Of an earlier moment nobody has counted the answers.
    person.press("{")
    #expect(!person.screen().contains { $0.contains("─ Answers ") })
  }

  @Test("Nothing of it on small screens, below trees that need the rows, and for whoever is on a tour")
  func nothing() throws {
    #expect(!FakeDriver().screen().contains { $0.contains("What you can do") })
    var person = FakeDriver(size: Self.large)
    _ = person.state.reduce(.tour(try Tour("title: Mine\nproblem: p\nquestion: 1?\n\n== Only\nLook.\n", file: "f")))
    #expect(!person.screen().contains { $0.contains("What you can do") })
    var full = FakeDriver(size: Self.large, header: FakeDriver.header(changing: ["width.root.minimum": "8"]))
    full.press("s", times: 40)
    full.press("O")
    #expect(!full.screen().contains { $0.contains("─ Answers ") || $0.contains("solution") })
  }

  @Test("What it looks like", arguments: [("120x36", 120, 36), ("200x50", 200, 50)])
  func screens(name: String, width: Int, height: Int) throws {
    let size = Size(columns: width, rows: height)
    var person = FakeDriver(size: size)
    let first = person.screen()
    person.press("s", times: 6)
    try Golden.check(["== before"] + first + ["== after"] + person.screen(), "below-tree-\(name)", #_sourceLocation)
    let ascii = person.screen(glyphs: .ascii)
    #expect(ascii.allSatisfy { $0.allSatisfy(\.isASCII) } && ascii.contains { $0.contains("- Answers ") })
  }
}
