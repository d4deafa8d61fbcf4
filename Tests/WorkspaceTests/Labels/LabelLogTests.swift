import Foundation
import GRDB
import Testing
import Vocabulary

@testable import Workspace

/// The log of labels: append-only, checked, taken over by imports, and the same bytes for the same label.
struct LabelLogTests {
  let scratch: Scratch
  let workspace: Workspace

  init() throws {
    scratch = try Scratch()
    workspace = try Workspace.forTests(scratch.file("w.sqlite"))
  }

  private static let subject = Label.Subject(problem: "p", run: "p-1", node: 4, path: ["2 + 3 = 5\n", "5 * 2 = 10\n"])

  private static let acts: [Label.Act] = [
    .step(.bad), .step(.good), .step(nil), .flag(true), .verdict(.unsure), .verdict(nil), .finish(.badProblem),
    .finish(nil), .completion("5 * 3 = 15\n"), .completion(nil), .note("wait, \u{1B}[2J"), .assignment(["ana", "bo"]),
  ]

  @Test func whatIsSaidIsReadBack() throws {
    let labels = Self.acts.enumerated().map { index, act in
      Label(
        act, of: Self.subject, who: index % 2 == 0 ? "ana" : "bo", role: index % 3 == 0 ? .adjudicator : .labeller,
        purpose: index % 4 == 0 ? .control : .work, isBlind: index % 5 == 0, milliseconds: index % 2 == 0 ? index : nil,
        evidence: index == 1 ? Label.Evidence(scores: ["prm": 0.25], q: 0.5, visits: 3, correct: false) : nil)
    }
    let entries = try workspace.append(labels)
    #expect(entries.map(\.label) == labels)
    var read: [LabelEntry] = []
    try workspace.forEachLabel { read.append($0) }
    #expect(read == entries)
    #expect(try workspace.labels(ofRun: "p-1") == entries)
    #expect(try workspace.labels(ofProblem: "p") == entries)
    #expect(try workspace.labels(ofProblem: "q").isEmpty)
    #expect(try workspace.append([]).isEmpty)
    #expect(try workspace.verifyLabels() == [])
  }

  /// Bytes that scripts read and ids that must stay; worked out with Python's json and hashlib.
  @Test func anEntryHasTheseBytes() throws {
    let label = Label(.step(.bad), of: Self.subject, who: "ana", milliseconds: 1200)
    let entry = try LabelEntry(previous: nil, at: "2026-11-29T07:00:00.000Z", label: label)
    #expect(Self.subject.unit == "b0fb743fa9e9674b")
    #expect(
      try CanonicalJSON.text(label)
        == #"{"act":"step","depth":2,"milliseconds":1200,"node":4,"problem":"p","run":"p-1","text":"5 * 2 = 10\n","unit":"b0fb743fa9e9674b","value":-1,"who":"ana"}"#
    )
    #expect(entry.id == "03cda9df8e028e2a")
  }

  /// The same path is the same thing in whatever run; another problem's, or another cut of the same letters, is not.
  @Test func aUnitIsAPath() {
    func unit(_ problem: String, _ path: [String]) -> String {
      Label.Subject(problem: problem, run: nil, node: 0, path: path).unit
    }
    #expect(Label.Subject(problem: "p", run: "p-2", node: 9, path: ["a", "b"]).unit == unit("p", ["a", "b"]))
    let units = [unit("p", ["a", "b"]), unit("p", ["ab"]), unit("pa", ["b"]), unit("p", ["a"]), unit("p", [])]
    #expect(Set(units).count == 5)
  }

  @Test func labelsAreAppendOnlyAndChecked() throws {
    try workspace.append(Self.acts.map { Label($0, of: Self.subject, who: "ana") })
    for sql in [
      "DELETE FROM labels", "UPDATE labels SET problem = 'q'", "INSERT INTO labels VALUES (99, 'p', NULL, x'00')",
    ] {
      #expect { try workspace.write { try $0.execute(sql: sql) } } throws: {
        "\($0)".contains("labels are append-only")
      }
    }
    #expect(try workspace.verifyLabels() == [])
    try workspace.write { db in
      try db.execute(sql: "DROP TRIGGER labels_are_never_changed; DROP TRIGGER labels_are_never_deleted")
      try db.execute(
        sql: """
          UPDATE labels SET entry = CAST(REPLACE(CAST(entry AS TEXT), '"ana"', '"bob"') AS BLOB) WHERE sequence = 2
          """)
    }
    let second = try workspace.labels(ofProblem: "p")[1].id
    #expect(
      try workspace.verifyLabels() == [
        "label 2 (\(second)): its content does not have the digest that its id states"
      ])
    try workspace.write { try $0.execute(sql: "UPDATE labels SET entry = x'7b' WHERE sequence = 2") }
    #expect(try workspace.verifyLabels().first?.contains("label 2 is damaged") == true)
    try workspace.write { try $0.execute(sql: "DELETE FROM labels WHERE sequence = 2") }
    #expect(try workspace.verifyLabels().first?.contains("label 2 is missing") == true)
  }

  @Test func anImportBringsLabelsAlongOnce() throws {
    try workspace.append(Self.acts.map { Label($0, of: Self.subject, who: "ana") })
    let target = try Workspace.forTests(scratch.file("target.sqlite"))
    try target.append([Label(.flag(true), of: Self.subject, who: "eve")])
    let counts = try (0..<2).map { _ in
      try WorkspaceImport(from: [workspace.path]).write(into: target).map(\.labels).reduce(0, +)
    }
    #expect(counts == [Self.acts.count, 0])
    #expect(try target.labels(ofProblem: "p").map(\.label.act) == [.flag(true)] + Self.acts)
    #expect(try target.verifyLabels() == [])
  }
}
