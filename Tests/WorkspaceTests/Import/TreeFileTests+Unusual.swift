import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

/// Files that are wrong, hostile, long or packed, and folders of them.
extension TreeFileTests {
  @Test(arguments: [
    (#"{"children": {}, "info": {}"#, "line: expected ',' or '}'"),
    (#"{"children": {"a": 5}, "info": {}}"#, "children: expected an object, found a number"),
    (#"[1, 2]"#, "expected a tree in one of the forms"),
    (#"{"a": 1}"#, "expected a tree in one of the forms"),
    ("", "expected trees, found nothing"),
    (#"{"rstar": {"0": {}, "x.y": {}}}"#, "x.y: expected an index path"),
    (#"{"question": "q", "reasoning_steps": {"text": 5}}"#, "text: expected a string, found a number"),
    (#"{"run": "a", "header": {}, "nodes": [], "problem": {}}"#, "id: expected a string, found none"),
  ]) func aBadFileIsNamedAndNothingIsWritten(text: String, expected: String) throws {
    let error = #expect(throws: ProblemFileError.self) { try imported(text: text) }
    #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
    #expect(try workspace.runs().isEmpty)
  }

  @Test func aBadLineIsPassedOverWhereThatIsWanted() throws {
    let good = #"{"children": {"a": {"children": {}, "info": {}}}, "info": {"text_state": "Q?"}}"#
    let text = "\(good)\n{\"children\": 5\n\n{\"other\": 1}\n\(good)\n"
    #expect(throws: ProblemFileError.self) { try imported(text: text) }
    #expect(try workspace.runs().isEmpty, "what came before the bad line is not kept either")
    var told: [String] = []
    let report = try imported(text: text) { $0.passOver = { told.append("\($0)") } }
    #expect(report.read == 4 && report.runs.count == 2 && report.newRuns == 1)
    #expect(told.count == 2 && told[0].contains(":2: line: ") && told[1].contains(":4: line: "), "\(told)")
    #expect(report.findings.counts == [.line: 2])
  }

  @Test func strictRefusesWhatIsNotAsExpected() throws {
    let error = #expect(throws: ProblemFileError.self) {
      try imported(Self.sample("openr/tree.json")) { $0.isStrict = true }
    }
    #expect(error?.description.contains("N is 9, that of its children together 14") == true)
    #expect(try workspace.runs().isEmpty)
    #expect(try imported(Self.sample("inspect/log.json")) { $0.isStrict = true }.newRuns == 1)
  }

  @Test func picklesAndArchivesAreNeverOpened() throws {
    for (bytes, word) in [([0x80, 0x04, 0x95, 0, 0], "pickle"), ([0x50, 0x4B, 3, 4], "zip"), ([0, 1, 2], "binary")] {
      let path = try scratch.write("x", bytes.map { UInt8($0) })
      let error = #expect(throws: ProblemFileError.self) { try imported(path) }
      #expect(error?.description.contains(word) == true)
    }
  }

  @Test func hostileTextIsKeptAndShownSafely() throws {
    let escape = #"\u001b[2J"#
    let text = #"{"rstar": {"0": {}, "0.1\#(escape)": {}}}"#
    let error = #expect(throws: ProblemFileError.self) { try imported(text: text) }
    #expect(error.map { !$0.description.unicodeScalars.contains(where: SafeText.isUnsafe) } == true)
    let report = try imported(
      text: #"{"nodes": {"a\#(escape)": {"text": "x", "from": "b\#(escape)"}, "c": {"text": "y\#(escape)"}}}"#)
    #expect(report.orphans == 1)
    for finding in report.findings.first {
      #expect(!(finding.place + finding.words).unicodeScalars.contains(where: SafeText.isUnsafe))
    }
  }

  /// History is packed as it is written, a long one in several packets, and says the same.
  @Test func historyIsPacked() throws {
    let count = JournalPacking.open + 2 * JournalPacking.length + 7
    let children = (0..<count).map { #"{"text": "step \#($0)", "mc_value": 0.\#($0 % 10), "children": []}"# }
    let text = #"{"question": "q", "reasoning_steps": {"text": "", "children": [\#(children.joined(separator: ","))]}}"#
    let run = try imported(text: text).runs[0]
    let journal = try workspace.storedEvents(of: run)
    #expect(journal.rows.count == (count + 2 + JournalPacking.length - 1) / JournalPacking.length)
    #expect(journal.rows.allSatisfy { $0.isPacked })
    #expect(try workspace.events(of: run, from: 3000, upTo: 3005).count == 5)
    let checked = try workspace.verify(run: run)
    #expect(checked.ok && checked.nodes == count + 1, "\(checked.problems)")
  }

  @Test func deepNestingCostsNoStack() throws {
    let depth = 5_000
    let text =
      String(repeating: #"{"text": "a", "children": ["#, count: depth) + #"{"text": "b", "children": []}"#
      + String(repeating: "]}", count: depth)
    let report = try imported(text: #"{"question": "q", "reasoning_steps": \#(text)}"#)
    #expect(report.depth == depth + 1 && report.nodes == depth + 1)
    let deeper = String(repeating: "[", count: 200_000)
    #expect(throws: ProblemFileError.self) { try imported(text: deeper) }
  }

  /// Lines are read by many threads at once: runs, numbers and findings are those of their order all the same.
  @Test func manyLinesAreTakenInTheirOrder() throws {
    // Of every seven lines one is broken, one has no question and is called by its number, and one is there already.
    let lines = (0..<700).map { line in
      switch line % 7 {
      case 3: #"{"question": "broken"#
      case 5: #"{"reasoning_steps": {"text": "", "children": [{"text": "unnamed", "children": []}]}}"#
      case 6:
        #"{"question": "Q\#(line - 2)", "reasoning_steps": {"text": "", "children": [{"text": "a\#(line - 2)"}]}}"#
      default: #"{"question": "Q\#(line)", "reasoning_steps": {"text": "", "children": [{"text": "a\#(line)"}]}}"#
      }
    }
    var bad: [Int?] = []
    let report = try imported(text: lines.joined(separator: "\n")) { $0.passOver = { bad.append($0.line) } }
    #expect(bad == (0..<700).filter { $0 % 7 == 3 }.map { $0 + 1 })
    #expect(report.read == 700 && report.runs.count == 600 && report.newRuns == 500)
    let questions = try report.runs.map { try workspace.run($0).header.problem.question }
    var wanted: [String] = []
    for line in 0..<700 where line % 7 != 3 {
      switch line % 7 {
      case 5: wanted.append("Tree \(wanted.count + 1) of in.json")
      case 6: wanted.append("Q\(line - 2)")
      default: wanted.append("Q\(line)")
      }
    }
    #expect(questions == wanted)
    #expect(try workspace.verify(run: report.runs[599]).ok)
    let again = try imported(text: lines.joined(separator: "\n")) { $0.passOver = { _ in } }
    #expect(again.newRuns == 0 && again.runs == report.runs)
  }

  /// Trees of one question are runs of one fingerprint: each is found again by what it says.
  @Test func treesOfOneQuestionAreToldApart() throws {
    let lines = (0..<60).map {
      #"{"question": "Q", "reasoning_steps": {"text": "", "children": [{"text": "a\#($0 % 40)"}]}}"#
    }
    let report = try imported(text: lines.joined(separator: "\n"))
    #expect(report.newRuns == 40 && Set(report.runs).count == 40)
    #expect(Array(report.runs[40...]) == Array(report.runs[..<20]))
    try workspace.deleteRun(report.runs[7])
    let again = try imported(text: lines.joined(separator: "\n"))
    #expect(again.newRuns == 1 && again.runs == report.runs, "the free name is taken again")
  }

  /// A file that turns out to be cut off leaves nothing, however many of its lines were written before that was seen.
  @Test func whatFailsLateLeavesNothing() throws {
    let lines = (0..<500).map {
      #"{"question": "Q\#($0)", "reasoning_steps": {"text": "", "children": [{"text": "a"}]}}"#
    }
    #expect(throws: ProblemFileError.self) {
      try imported(text: lines.joined(separator: "\n") + "\n{\"question\": ")
    }
    #expect(try workspace.runs().isEmpty)
  }

  /// A folder of files, and a file of several gzip members.
  @Test func foldersAreRead() throws {
    let text = try Array(Data(contentsOf: URL(filePath: Self.sample("openr/tree.json"))))
    _ = try scratch.write("b.json", text)
    _ = try scratch.write("a.jsonl", Array(Data(contentsOf: URL(filePath: Self.sample("index-paths/trees.jsonl")))))
    let reports = try TreeImport(from: [scratch.path], version: "1").write(into: workspace)
    #expect(reports.map(\.format) == ["index-paths", "openr"])
    #expect(try workspace.runs().count == 2)
  }

  @Test func aCheckpointsFolderIsOneTree() throws {
    try FileManager.default.createDirectory(atPath: scratch.file("c/programs"), withIntermediateDirectories: true)
    _ = try scratch.write("c/metadata.json", Array(#"{"islands": [["a", "b"]], "archive": ["b"]}"#.utf8))
    let lines = try String(contentsOfFile: Self.sample("openevolve/programs.jsonl"), encoding: .utf8).split(
      separator: "\n")
    for (number, line) in lines.enumerated() { _ = try scratch.write("c/programs/\(number).json", Array(line.utf8)) }
    let report = try imported(scratch.file("c"))
    #expect(report.format == "openevolve" && report.nodes == 4 && report.orphans == 1 && report.runs.count == 1)
    let tree = try workspace.tree(of: report.runs[0])
    #expect(tree.origin?.isOrdered == true && tree.origin?.scales == ["speed": .init(low: 0, high: 120)])
    #expect(tree.score("score", of: NodeID(2)) == 0.75, "the child that was made second")
  }

  /// Whatever its portions are, a gzip stream of two members gives what was packed, and says what is wrong with it.
  @Test func gzipIsUnpackedInPortions() throws {
    let text = Array("abcdefghijklmno".utf8)
    let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 15, 0, 0xF0, 0xFF]
    let member = head + text + [0xDF, 0x67, 0x91, 0x51, 15, 0, 0, 0]
    for size in [1, 7, 100] {
      let stream = try GunzipStream()
      let packed = member + member + [0, 0, 0]
      var found: [UInt8] = []
      for start in stride(from: 0, to: packed.count, by: size) {
        found += try stream.unpacked(Array(packed[start..<min(start + size, packed.count)]))
      }
      try stream.finish()
      #expect(found == text + text, "portions of \(size)")
    }
    let cut = try GunzipStream()
    _ = try cut.unpacked(Array(member.dropLast(9)))
    #expect(throws: Gunzip.Failure.truncated) { try cut.finish() }
    var wrong = member
    wrong[20] ^= 1
    #expect(throws: Gunzip.Failure.damaged) { try GunzipStream().unpacked(wrong) }
  }

  @Test func aRangeThatIsGivenCounts() throws {
    let path = Self.sample("openr/tree.json")
    let report = try imported(path) { $0.range = ImportOrigin.Scale(low: 0, high: 2) }
    #expect(report.scales["q"] == .init(low: 0, high: 2))
    #expect(try workspace.tree(of: report.runs[0]).nodes.map(\.meanValue) == [0.125, 0.3, 0.25, 0.5])
  }
}
