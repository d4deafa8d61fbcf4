import Foundation
import Vocabulary
import Workspace

/// Rows for the trainer: everything that the rounds of the series have accepted so far.
struct ExportStage: RoundStage {
  let name = RoundStageName.export

  func run(_ round: RoundContext) async throws -> RoundStageReport {
    let format = try round.format()
    var ids: Set<String> = []
    var roots: [String: [String]] = [:]
    for record in try round.series() {
      let commits: [RoundCommit] = try RoundItems.read(
        round.workspace.items(of: record, stage: RoundStageName.commit.rawValue), of: record, "commit")
      ids.formUnion(commits.map(\.commit))
      let imagined: [ImaginedPrompt] = try RoundItems.read(
        round.workspace.items(of: record, stage: RoundStageName.imagine.rawValue), of: record, "imagine")
      for prompt in imagined { roots[prompt.id] = prompt.roots }
    }
    let export = try DatasetExport(
      try round.workspace.commitLog().only(ids), labels: try round.workspace.labelLedger(), format: format,
      options: DatasetOptions(
        name: "Round \(round.record.id)", testShare: round.plan.testShare, roots: roots),
      endings: PathEndings(of: round.workspace))
    let folder = round.folder.appending(path: "export")
    try FileManager.default.createDirectory(at: round.folder, withIntermediateDirectories: true)
    try export.write(to: folder.path(percentEncoded: false))
    var report = RoundStageReport()
    report.figures = [
      .init("rows", export.rows), .init("rows for the trainer's test", export.testRows),
      .init("commits without a row", export.skipped),
    ]
    report.remarks = export.leftOut.sorted { $0.key < $1.key }.map { "\($0.value) left out: \($0.key)" }
    report.folder = "export"
    report.output = SHA256.hex(export.data + export.test)
    return report
  }
}

extension RoundContext {
  /// The form that the trainer reads. Throws `LabError` for a name that is none.
  func format() throws -> DatasetFormat {
    let name = plan.format ?? (plan.trainer == "dpo" ? "finished-preference" : "prompt-completion")
    guard let format = DatasetFormat.named(name) else {
      let known = DatasetFormat.all.map(\.name).joined(separator: ", ")
      throw LabError.settings("--format: expected one of \(known), found '\(name)'")
    }
    return format
  }
}

extension CommitLog {
  /// The log of the commits called `ids` and of what took them back.
  func only(_ ids: Set<String>) -> CommitLog {
    let entries = entries.filter { entry in
      if case .undo(let id) = entry.content { ids.contains(id) } else { ids.contains(entry.id) }
    }
    return CommitLog(entries, judgements: judgements.filter { ids.contains($0.commit) })
  }
}
