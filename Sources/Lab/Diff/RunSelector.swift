import TreeInsight
import Vocabulary
import Workspace

/// Which runs of a workspace are meant: those of a model, of a seed, of a round, or of several of these at once.
///
/// `model=careless`, `seed=2`, `round=round-1a2b-1`, `model=careless,seed=2`.
package struct RunSelector: Sendable, Equatable {
  /// The text as it was written.
  package let text: String
  private var model: String?
  private var seed: UInt64?
  private var round: String?

  /// True where `text` begins as a selector does: it is no run's id then.
  package static func isSelector(_ text: String) -> Bool {
    RunSelectorKey.allCases.contains { text.hasPrefix("\($0.rawValue)=") }
  }

  /// Throws `LabError` that names the part that cannot be understood.
  package init(_ text: String) throws {
    self.text = text
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let key = RunSelectorKey(rawValue: String(sides[0])), sides.count == 2, !sides[1].isEmpty else {
        throw LabError.settings("'\(text)': expected model=NAME, seed=NUMBER or round=ID, found '\(part)'")
      }
      switch key {
      case .model: model = String(sides[1])
      case .round: round = String(sides[1])
      case .seed:
        guard let number = UInt64(sides[1]) else {
          throw LabError.settings("'\(text)': seed: expected a number from 0, found '\(sides[1])'")
        }
        seed = number
      }
    }
  }

  /// The newest run of each problem that fits, by the problem's id; a model fits where the policy's name holds the text.
  ///
  /// - Throws: `WorkspaceError`; `LabError` where a round's records are damaged, or nothing fits.
  /// - Complexity: O(runs).
  package func runs(in workspace: Workspace) throws -> [String: RunRecord] {
    let ofRound = try round.map { Set(try searched(try workspace.round($0), workspace)) }
    var found: [String: RunRecord] = [:]
    for summary in try workspace.runList().runs where ofRound?.contains(summary.id) ?? true {
      guard let record = try workspace.readableRun(summary.id) else { continue }
      if let seed, record.header.seed != seed { continue }
      if let model, record.header.models["policy"]?.contains(model) != true { continue }
      found[summary.problem] = record
    }
    if found.isEmpty { throw LabError.failed("\(workspace.path): no run fits '\(text)'") }
    return found
  }

  private func searched(_ round: RoundRecord, _ workspace: Workspace) throws -> [String] {
    let stage = RoundStageName.search.rawValue
    let items: [RoundSearch] = try RoundItems.read(workspace.items(of: round, stage: stage), of: round, stage)
    return items.map(\.run)
  }
}
