import Foundation
import GRDB
import TreeSearch
import Vocabulary

/// What an export of labels wrote.
public struct LabelExportSummary: Equatable, Sendable {
  /// Lines written.
  public internal(set) var lines = 0
  /// Lines that were not made, by the reason in words.
  public internal(set) var leftOut: [String: Int] = [:]
}

extension Workspace {
  /// Writes what people said of runs as the folder `folder`: a line for each run and person, in the form of another program's label
  /// files. A line that was imported comes out as it was, but for what was labelled since.
  ///
  /// An earlier export there is replaced; a folder that holds anything else is left alone; where there is nothing to write, nothing
  /// is. Throws ``WorkspaceError``. Complexity: O(labels + trees), one run in memory at a time.
  @discardableResult
  public func exportLabels(format: LabelFormat, to folder: String) throws -> LabelExportSummary {
    try ExportFolder.replace(folder) { fresh in
      let summary = try forEachLabelLine(format) { line in
        try fresh.append(Data(line + [0x0A]), to: "data/train.jsonl")
      }
      if summary.lines == 0 {
        let reasons = summary.leftOut.map { ": \($0.value) left out, \($0.key)" }.sorted().joined()
        throw WorkspaceError(
          .refused, "\(folder): no run has labels for lines of the form \(format.name): nothing to write\(reasons)")
      }
      try fresh.append(Data(Self.card(format, summary).utf8), to: "README.md")
      return summary
    }
  }

  /// A person and a run of which they said something, and where their line stands.
  private struct Place {
    let created: Date
    let run: String
    let who: String
    let note: LabelLineNote?
  }

  /// Gives every line of `format`, in canonical form without its line break, to `body`: imported ones in the order of their file.
  func forEachLabelLine(_ format: LabelFormat, _ body: ([UInt8]) throws -> Void) throws -> LabelExportSummary {
    var places: [Place] = []
    for run in try runs() {
      let notes = try self.notes(of: run.id).filter { $0.kind == .line }.compactMap { LabelLineNote($0.text ?? "") }
      var people: [String] = []
      for entry in try labels(ofRun: run.id) where !people.contains(entry.label.who) && entry.label.role == .labeller {
        people.append(entry.label.who)
      }
      for who in people {
        let note = notes.first { $0.who.utf8.elementsEqual(who.utf8) }
        places.append(Place(created: run.created, run: run.id, who: who, note: note))
      }
    }
    places.sort { ($0.created, $0.note?.place ?? .max) < ($1.created, $1.note?.place ?? .max) }
    var summary = LabelExportSummary()
    var last: (run: String, tree: SearchTree, labels: [(at: String, label: Label)])?
    for place in places {
      if last?.run != place.run {
        let labels = try labels(ofRun: place.run).map { (at: $0.at, label: $0.label) }
        last = (place.run, try tree(of: place.run), labels)
      }
      guard let (_, tree, labels) = last else { continue }
      let walk = LabelWalk(labels, by: place.who, in: tree)
      guard walk.saysSomething else { continue }
      guard let line = format.write(walk.line(isImported: place.note != nil)) else {
        summary.leftOut["a step before the first wrong one has no label", default: 0] += 1
        continue
      }
      let patch = place.note.flatMap { $0.format == format.name ? $0.patch : nil }
      try body((patch.map { ForeignPatch.applied($0, to: line) } ?? line).canonical)
      summary.lines += 1
    }
    return summary
  }

  private static func card(_ format: LabelFormat, _ summary: LabelExportSummary) -> String {
    """
    ---
    license: unknown
    tags:
    - etascope
    - tree-search
    - \(format.name)
    configs:
    - config_name: default
      data_files:
      - split: train
        path: data/train.jsonl
    ---
    \(DatasetCard.marker)

    # Labels of people: \(format.name)

    What people said of language-model search trees: \(format.help).
    Keys in order, no spaces; a line that was imported from such a file comes out as it went in, but for what was labelled since.

    - Lines: \(summary.lines)
    \(summary.leftOut.sorted { $0.key < $1.key }.map { "- Left out: \($0.value), \($0.key)\n" }.joined())
    """
  }
}
