import Foundation
import Testing
import TreeInsight
import TreeSearch
import Vocabulary

@testable import Workspace

/// Files of PRM800K and ProcessBench: in, looked at, and out again byte by byte.
@Suite struct LabelFileTests {
  private let scratch: Scratch
  private let workspace: Workspace

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
  }

  private func file(_ lines: [String], _ name: String = "in.jsonl") throws -> String {
    try scratch.write(name, Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  @discardableResult
  private func imported(_ path: String) throws -> LabelImportReport {
    try #require(try LabelImport(from: [path], version: "1").write(into: workspace).first)
  }

  private func lines(_ format: LabelFormat) throws -> [String] {
    var lines: [String] = []
    _ = try workspace.forEachLabelLine(format) { lines.append(String(decoding: $0, as: UTF8.self)) }
    return lines
  }

  private func canonical(_ line: String) throws -> String {
    String(decoding: try ForeignValue(Array(line.utf8)[...]).canonical, as: UTF8.self)
  }

  @Test(arguments: ["prm800k", "processbench"]) func linesComeOutAsTheyWentIn(form: String) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var fixture = LabelFileFixture(seed: seed)
    let given = (0..<400).map { form == "prm800k" ? fixture.prm800k() : fixture.processBench($0) }
    let report = try imported(try file(given))
    #expect(report.lines == 400, "seed \(seed)")
    let wanted = try given.map(canonical)
    let found = try lines(try #require(LabelFormat.named(form)))
    #expect(found.count == wanted.count, "seed \(seed)")
    for (one, other) in zip(found, wanted) where !one.utf8.elementsEqual(other.utf8) {
      Issue.record("seed \(seed): \(one)\nis not\n\(other)")
      break
    }
    // Every run that was made stands as any other does, and is there once, however often it is imported.
    for run in Set(report.runs) {
      let checked = try workspace.verify(run: run)
      #expect(checked.ok, "seed \(seed): \(checked.problems)")
    }
    #expect(try workspace.verifyLabels().isEmpty)
    let again = try imported(try file(given))
    #expect(again.newRuns == 0 && again.labels == 0 && again.runs == report.runs, "seed \(seed)")
    // And it goes with its workspace.
    let other = try Workspace.forTests(scratch.file("other.sqlite"))
    _ = try WorkspaceImport(from: [scratch.file("w.sqlite")]).write(into: other)
    var there: [String] = []
    _ = try other.forEachLabelLine(try #require(LabelFormat.named(form))) {
      there.append(String(decoding: $0, as: UTF8.self))
    }
    #expect(there.map { Array($0.utf8) } == found.map { Array($0.utf8) }, "seed \(seed)")
  }

  private static let question =
    #""question":{"problem":"What is 2 + 3?","ground_truth_answer":"5"}"#

  /// Two people: one goes on with the second alternative to the answer, one finds an error in the first.
  private static let pair = [
    #"{"labeler":"eve","timestamp":"2022-07-17T16:56:51.323252","generation":9,"is_quality_control_question":false,"#
      + #""is_initial_screening_question":true,"# + question
      + #","label":{"steps":[{"completions":[{"text":"2 + 3 = 6","rating":-1,"#
      + #""flagged":true},{"text":"2 + 3 = 5","rating":1,"flagged":false},{"text":"2 + 3 = 5","rating":null,"flagged":false}],"#
      + #""human_completion":null,"chosen_completion":1},{"completions":[],"human_completion":{"text":"So\n\n# Answer\n\n5","rating":null,"#
      + #""source":"human","flagged":false,"corrected_rating":null},"chosen_completion":null}],"total_time":4200,"#
      + #""finish_reason":"solution"}}"#,
    #"{"labeler":"ada","timestamp":"2022-07-18T16:56:51","generation":null,"is_quality_control_question":true,"#
      + #""is_initial_screening_question":false,"# + question
      + #","label":{"steps":[{"completions":[{"text":"2 + 3 = 6","rating":-1,"#
      + #""flagged":false}],"human_completion":null,"chosen_completion":null}],"total_time":77,"finish_reason":"found_error"}}"#,
  ]

  @Test func aProblemIsOneTreeAndLabelsAreRecords() throws {
    let report = try imported(try file(Self.pair))
    let run = try #require(report.runs.first)
    #expect(report.runs.count == 1 && report.newRuns == 1)
    let tree = try workspace.tree(of: run)
    #expect(tree.nodes.count == 5)
    func texts(_ node: NodeID) -> [String] {
      tree.children(of: node).map { tree.details[$0.offset].option?.text ?? "" }
    }
    #expect(texts(.root) == ["2 + 3 = 6\n", "2 + 3 = 5\n", "2 + 3 = 5\n"])
    #expect(texts(NodeID(2)) == ["So\n\n# Answer\n\n5\n"])
    #expect(tree[NodeID(4)].marks.contains(.inserted) && !tree[NodeID(2)].marks.contains(.inserted))
    #expect(tree[NodeID(4)].terminal == .answer && tree.details[4].answer == "5")
    let labels = try workspace.labels(ofRun: run)
    let said = labels.map { "\($0.label.who) \($0.label.subject.node) \($0.label.act)" }
    #expect(
      said == [
        "eve 1 step(Optional(Vocabulary.StepLabel.bad))", "eve 1 flag(true)",
        "eve 2 step(Optional(Vocabulary.StepLabel.good))", "eve 3 step(nil)",
        #"eve 2 completion(Optional("So\n\n# Answer\n\n5"))"#,
        "eve 4 finish(Optional(Vocabulary.FinishReason.solution))", "ada 1 step(Optional(Vocabulary.StepLabel.bad))",
        "ada 0 finish(Optional(Vocabulary.FinishReason.foundError))",
      ], "\(said)")
    #expect(labels[0].at == "2022-07-17T16:56:51.323252" && labels[0].label.purpose == .screening)
    #expect(labels[5].label.milliseconds == 4200 && labels[6].label.purpose == .control)
    // The only thing that tree and labels do not say of these lines.
    let notes = try workspace.notes(of: run).compactMap(\.text)
    #expect(notes.count == 2 && notes[0].contains(#""patch":{"o":{"generation":{"=":9},"#), "\(notes)")
  }

  @Test func whatIsLabelledHereLaterStandsInItsLine() throws {
    let run = try #require(try imported(try file(Self.pair)).runs.first)
    let tree = try workspace.tree(of: run)
    func label(_ who: String, _ node: Int, _ step: StepLabel?) throws {
      try workspace.append([Label(.step(step), of: .init(run: run, tree: tree, node: NodeID(node)), who: who)])
    }
    try label("eve", 1, .neutral)
    try label("new", 2, .good)
    try label("new", 1, .bad)
    let all = try lines(.prm800k)
    #expect(all.count == 3)
    #expect(all[0].contains(#"{"flagged":true,"rating":0,"text":"2 + 3 = 6"}"#) && all[0].contains(#""generation":9"#))
    // A person of this workspace saw all alternatives, and those without a word have no rating.
    #expect(
      all[2].contains(
        #""steps":[{"chosen_completion":1,"completions":[{"flagged":false,"rating":-1,"text":"2 + 3 = 6"},"#
          + #"{"flagged":false,"rating":1,"text":"2 + 3 = 5"},{"flagged":false,"rating":null,"text":"2 + 3 = 5"}],"#
          + #""human_completion":null}]"#), "\(all[2])")
    // Whether the text that eve wrote is right she did not say: that is no line of ProcessBench.
    let short = try lines(.processBench)
    #expect(short.count == 2 && short[0].contains(#""label":0,"#) && short[1].contains(#""label":-1,"#), "\(short)")
  }

  @Test func aRunOfASearchIsWrittenInBothForms() throws {
    let (run, tree) = try ScriptedDriver.run(in: workspace)
    func say(_ act: Label.Act, _ node: Int) throws {
      try workspace.append([
        Label(act, of: .init(run: run, tree: tree, node: NodeID(node)), who: "eve", milliseconds: 9)
      ])
    }
    #expect(try lines(.prm800k).isEmpty)
    try say(.step(.good), 1)
    try say(.step(.bad), 2)
    try say(.step(.good), 3)
    try say(.finish(.solution), 3)
    let line = try #require(try lines(.prm800k).first)
    let steps =
      #""steps":[{"chosen_completion":0,"completions":[{"flagged":false,"rating":1,"text":"2 + 3 = 5"},"#
      + #"{"flagged":false,"rating":-1,"text":"2 + 3 = 6"}],"human_completion":null},{"chosen_completion":0,"completions":"#
      + #####"[{"flagged":false,"rating":1,"text":"#### 5"}],"human_completion":null}]"#####
    #expect(line.contains(steps), "\(line)")
    #expect(line.contains(#""finish_reason":"solution","#) && line.contains(#""total_time":9}"#))
    #expect(
      try lines(.processBench) == [
        #"{"final_answer_correct":true,"generator":"tiny 1234","id":"sum-1","label":-1,"#
          + #####""problem":"What is 2 + 3?","steps":["2 + 3 = 5","#### 5"]}"#####
      ])
    try say(.step(.bad), 3)
    #expect(try lines(.processBench).first?.contains(#""label":1,"#) == true)
    // Of its own bad end nobody says that the walk went on with it.
    #expect(
      try lines(.prm800k).first?.contains(#"{"chosen_completion":null,"completions":[{"flagged":false,"rating":-1"#)
        == true)
    try say(.step(nil), 1)
    #expect(throws: WorkspaceError.self) { try workspace.exportLabels(format: .processBench, to: scratch.file("out")) }
    try workspace.exportLabels(format: .prm800k, to: scratch.file("out"))
    #expect(try scratch.bytes("out/data/train.jsonl").split(separator: 0x0A).count == 1)
  }

  @Test(arguments: [
    (
      #"{"labeler":"a"}"#,
      "line: expected a line of one of the forms prm800k, processbench, prmbench, math-shepherd, argilla, label-studio"
    ),
    (#"[1]"#, "line: expected a JSON object, found a number"),
    (#"{"question":{"problem":7},"label":{"steps":[]}}"#, "question.problem: expected a string, found a number"),
    (#"{"question":{"problem":"q"},"label":{"steps":[]}}"#, "labeler: expected a string, found none"),
    (
      #"{"labeler":"a","question":{"problem":"q"},"label":{"steps":[{"completions":[{"text":"t","rating":2}]}]}}"#,
      "label.steps[0].completions[0].rating: expected -1, 0, 1 or null, found a number"
    ),
    (
      #"{"labeler":"a","question":{"problem":"q"},"label":{"steps":[{"completions":[{"text":"t"}],"chosen_completion":1}]}}"#,
      "label.steps[0].chosen_completion: expected null or a number from 0 to 0, found a number"
    ),
    (
      #"{"labeler":"a","question":{"problem":"q"},"label":{"steps":[7]}}"#,
      "label.steps[0]: expected an object, found a number"
    ),
    (#"{"problem":"q","steps":["a"],"label":1}"#, "label: expected null or a number from -1 to 0, found a number"),
    (#"{"problem":"q","steps":[null]}"#, "steps[0]: expected a string, found null"),
    (#"{"problem":"q","steps":[],"a":{"b":1,"b":2}}"#, "a: expected each key once, found 'b' twice"),
    (#"{"problem":"\ud800","steps":[]}"#, "line: expected whole characters, found half of a surrogate pair"),
    (#"{"problem":" ","steps":[]}"#, "problem: expected a string that is not empty"),
    (#"{"problem":"q","steps":[}"#, "line: expected a JSON value at byte 25"),
  ]) func aBadLineIsNamedAndNothingIsDone(line: String, words: String) throws {
    let path = try file(Self.pair + [line])
    // A list is one text of its own.
    let place = line.hasPrefix("[") ? try file([line]) + ":1" : path + ":3"
    #expect { try imported(scratch.file("in.jsonl")) } throws: { "\($0)" == "\(place): \(words)" }
    #expect(try workspace.runs().isEmpty)
    var bad: [String] = []
    let lines = line.hasPrefix("[") ? Self.pair : Self.pair + [line]
    let some = try LabelImport(from: [try file(lines, "some.jsonl")], version: "1") { bad.append($0.expected) }
    #expect(try some.write(into: workspace).first?.lines == 2)
    #expect(bad.count == lines.count - 2)
  }

  @Test func hostileBytesNeverEndTheProgram() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var (fixture, chance) = (LabelFileFixture(seed: seed), SplitMix(seed: seed ^ 1))
    for round in 0..<300 {
      var bytes = Array((round % 2 == 0 ? fixture.prm800k() : fixture.processBench(round)).utf8)
      for _ in 0..<(1 + chance.next() % 4) {
        let at = Int(chance.next() % UInt64(bytes.count))
        switch chance.next() % 3 {
        case 0: bytes[at] = UInt8(truncatingIfNeeded: chance.next())
        case 1: bytes.remove(at: at)
        default: bytes.insert(contentsOf: bytes[at...].prefix(20), at: at)
        }
      }
      let path = try scratch.write("hostile.jsonl", bytes)
      do {
        _ = try LabelImport(from: [path], version: "1").write(into: workspace)
      } catch let error as ProblemFileError {
        #expect("\(error)".unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "seed \(seed)")
      }
    }
  }
}
