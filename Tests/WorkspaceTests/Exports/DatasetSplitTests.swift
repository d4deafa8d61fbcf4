import Foundation
import Testing
import TreeSearch
import Vocabulary

@testable import Workspace

/// A problem and what was made from it are on one side of a dataset.
@Suite struct DatasetSplitTests {
  private let scratch: Scratch
  private let workspace: Workspace

  /// Twenty problems, each committed once.
  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
    for number in 1...20 {
      let (run, _) = try ScriptedDriver.run(
        in: workspace, Problem(id: "p\(number)", question: "What is 2 + 3? (\(number))", answer: "5"))
      try workspace.commit(run: run, node: NodeID(3))
    }
  }

  private func export(_ options: DatasetOptions) throws -> DatasetExport {
    try DatasetExport(workspace.commitLog(), format: .promptCompletion, options: options)
  }

  private func problems(_ data: Data) throws -> [String] {
    try data.split(separator: 0x0A).map {
      try #require((JSONSerialization.jsonObject(with: $0) as? [String: Any])?["problem"] as? String)
    }
  }

  /// The first 53 bits of SHA-256 as a fraction; written down from `hashlib`: `int(sha256(b"p1").hexdigest()[:16], 16) >> 11`.
  @Test func theHashOfTheRootDecides() throws {
    let places = [
      "p1": 0.961995243290, "p2": 0.223736428888, "p3": 0.264572192171,
    ]
    for (id, place) in places {
      #expect(DatasetSplit(options: DatasetOptions(testShare: place + 1e-9)).side(of: id) == .test, "\(id)")
      #expect(DatasetSplit(options: DatasetOptions(testShare: place - 1e-9)).side(of: id) == .training, "\(id)")
      let child = DatasetOptions(testShare: place + 1e-9, roots: ["made from it": [id]])
      #expect(DatasetSplit(options: child).side(of: "made from it") == .test)
    }
    #expect(DatasetSplit(options: DatasetOptions()).side(of: "p1") == .training)
  }

  @Test func bothFilesTogetherAreTheWhole() throws {
    let whole = try export(DatasetOptions())
    #expect(whole.test.isEmpty && whole.testRows == 0 && whole.rows == 20)
    let parted = try export(DatasetOptions(testShare: 0.3))
    #expect(parted.rows + parted.testRows == 20 && parted.rows > 0 && parted.testRows > 0)
    #expect(Set(try problems(parted.data)).isDisjoint(with: try problems(parted.test)))
    #expect(Set(try problems(parted.data) + problems(parted.test)) == Set(try problems(whole.data)))
    // A greater share takes more, and gives nothing back.
    let more = try export(DatasetOptions(testShare: 0.6))
    #expect(Set(try problems(more.test)).isSuperset(of: try problems(parted.test)))
    #expect(try export(DatasetOptions(testShare: 0.3)) == parted)
  }

  @Test func descendantsFollowTheirRoot() throws {
    let roots = Dictionary(uniqueKeysWithValues: (2...20).map { ("p\($0)", ["p1"]) })
    let export = try export(DatasetOptions(testShare: 0.5, roots: roots))
    #expect(export.rows == 0 || export.testRows == 0, "all of them have one root")
    let card = String(decoding: export.card, as: UTF8.self)
    #expect(card.contains("- Root ancestors of the problems: 1\n"))
  }

  /// p2 (0.22) and p3 (0.26) are for a test of half, p1 (0.96) is not.
  @Test func whatIsMadeOfBothSidesIsOnNeither() throws {
    let roots = ["p4": ["p2", "p3"], "p5": ["p1", "p2"], "p6": ["p1"]]
    let split = DatasetSplit(options: DatasetOptions(testShare: 0.5, roots: roots))
    #expect(split.side(of: "p4") == .test && split.side(of: "p5") == .neither && split.side(of: "p6") == .training)
    let parted = try export(DatasetOptions(testShare: 0.5, roots: roots))
    #expect(parted.rows + parted.testRows == 19)
    #expect(parted.leftOut == ["made of problems for training and for the test": 1])
    #expect(try !problems(parted.data + parted.test).contains("p5"))
  }

  @Test func problemsSayTheirRoots() throws {
    try workspace.save([
      LoadedProblem(problem: Problem(id: "a", question: "?"), extra: #"{"root": "p1", "kind": "numbers"}"#),
      LoadedProblem(problem: Problem(id: "b", question: "?"), extra: #"{"root": 7}"#),
      LoadedProblem(problem: Problem(id: "c", question: "?")),
      LoadedProblem(problem: Problem(id: "d", question: "?"), extra: #"{"root": "p1", "roots": ["p1", "p2"]}"#),
    ])
    #expect(try workspace.rootAncestors() == ["a": ["p1"], "d": ["p1", "p2"]])
  }

  @Test func theCardAndTheFolderHaveBothParts() throws {
    let folder = scratch.file("out")
    let options = DatasetOptions(testShare: 0.3)
    let export = try self.export(options)
    #expect(try workspace.export(format: .promptCompletion, to: folder, options: options) == export.summary)
    #expect(try scratch.bytes("out/data/train.jsonl") == export.data)
    #expect(try scratch.bytes("out/data/test.jsonl") == export.test)
    let card = String(decoding: export.card, as: UTF8.self)
    #expect(card.contains("  - split: train\n    path: data/train.jsonl\n  - split: test\n    path: data/test.jsonl\n"))
    #expect(
      card.contains("- Rows: 20, from 20 of 20 active commits\n- For training: \(export.rows); for the trainer's own"))
    // The next export without a test leaves none behind.
    try workspace.export(format: .promptCompletion, to: folder)
    #expect(!FileManager.default.fileExists(atPath: folder + "/data/test.jsonl"))
  }

  @Test func aShareThatIsNoneIsRefused() throws {
    for share in [-0.1, 1, Double.nan] {
      #expect { try export(DatasetOptions(testShare: share)) } throws: {
        "\($0)" == "test share: expected a number from 0 to below 1, found \(share)"
      }
    }
    let all = DatasetOptions(testShare: 0.999999)
    #expect { try workspace.export(format: .promptCompletion, to: scratch.file("none"), options: all) } throws: {
      "\($0)" == "\(scratch.file("none")): the log gives no rows of the form prompt-completion but 20 for the test: "
        + "nothing to write"
    }
  }
}
