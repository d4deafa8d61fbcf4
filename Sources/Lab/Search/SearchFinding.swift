import Runs
import TreeInsight
import TreeSearch
import Vocabulary

/// Something about a search that its answer does not say: what could not be judged, drawn or read, and how often.
public struct SearchFinding: Encodable, Sendable, Equatable {
  /// What kind of finding it is.
  public enum Kind: String, Encodable, Sendable, CaseIterable {
    /// The model writes nothing after the prompt.
    case writesNothing
    /// No trajectory states an answer.
    case noAnswer
    /// Nodes from which no model goes on.
    case noContinuation
    /// No critic could judge anything: the answer is a coin's.
    case noCritic
    /// The same, because none knows such questions.
    case unfamiliar
    /// A critic says of states that it cannot judge them.
    case abstained
    /// Requests failed.
    case failed
  }

  /// What kind of finding it is.
  public let kind: Kind
  /// How often, ≥ 1.
  public let count: Int
  /// One line for the user.
  public let message: String
}

extension SearchTree {
  /// What there is to say about a search beside its answer. Complexity: O(nodes).
  package var findings: [SearchFinding] {
    var found: [SearchFinding] = []
    var (stuck, blank, written) = (0, 0, 0)
    var silent: [String: (count: Int, note: String)] = [:]
    for offset in 1..<max(1, nodes.count) where nodes[offset].isShown {
      let detail = details[offset]
      if nodes[offset].terminal == .noContinuation { stuck += 1 }
      let isBlank = detail.option?.text.allSatisfy(\.isWhitespace) ?? true
      (blank, written) = (blank + (isBlank ? 1 : 0), written + 1)
      for score in detail.scores {
        guard let note = score.note, note.hasPrefix(CriticName.cannotJudge) else { continue }
        silent[score.critic, default: (0, note)].count += 1
      }
    }
    if written > 0, blank == written {
      found.append(
        SearchFinding(
          kind: .writesNothing, count: blank,
          message: "the model writes nothing after the prompt: another one may suit it (--prompt)"))
    } else if written > 0, candidates().isEmpty {
      found.append(SearchFinding(kind: .noAnswer, count: written, message: "no trajectory states an answer"))
    }
    if let objection = JudgeCount.objection(to: self) {
      let kind = objection.contains(CriticName.isUnfamiliar) ? SearchFinding.Kind.unfamiliar : .noCritic
      found.append(SearchFinding(kind: kind, count: written, message: objection))
    }
    if stuck > 0 {
      let reason = failures.last { $0.role == .propose && $0.reason != nil }?.message
      found.append(
        SearchFinding(
          kind: .noContinuation, count: stuck,
          message: "\(stuck) of \(written) nodes end where no model goes on\(reason.map { ": \($0)" } ?? "")"))
    }
    for (critic, said) in silent.sorted(by: { $0.key < $1.key }) {
      found.append(
        SearchFinding(
          kind: .abstained, count: said.count,
          message: "\(critic) \(said.note) (\(said.count) of \(written) states)"))
    }
    for failure in failures where failure.role != .propose || failure.reason == nil {
      found.append(
        SearchFinding(
          kind: .failed, count: failure.count,
          message: "\(failure.count) requests (\(failure.role.rawValue)) failed: \(failure.message)"))
    }
    return found
  }
}
