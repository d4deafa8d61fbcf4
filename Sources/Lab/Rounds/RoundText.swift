import Vocabulary
import Workspace

/// A round in words, for terminals that scroll.
package enum RoundText {
  /// One line: where it stands, what was kept, what was gained.
  package static func line(_ record: RoundRecord, _ state: RoundState) -> String {
    let accepted = state.reports[.gate]?["accepted"].map { "\($0.words) accepted" }
    let gain = state.reports[.evaluate]?["greedy gain"].map { "gain \($0.points)" }
    return [record.id, record.created, words(state), accepted, gain].compactMap(\.self).joined(separator: "\t")
  }

  /// Where the round stands.
  package static func words(_ state: RoundState) -> String {
    switch state.whole {
    case .running: state.next.map { "at \($0.rawValue)" } ?? "done"
    case .waiting: state.next == .promote ? "waits to be signed" : "waits for a person"
    case .promoted: "promoted"
    case .kept: "not promoted"
    case .rejected: "refused by \(state.rejection?.who ?? "nobody")"
    case .failed: "failed at \(state.next?.rawValue ?? "its end")"
    }
  }

  /// Every stage with its figures and remarks.
  package static func lines(_ record: RoundRecord, _ plan: RoundPlan, _ state: RoundState) -> [String] {
    var lines = [
      "\(record.id)\t\(words(state))", "begun \(record.created), rule \(plan.rule), trainer \(plan.trainer)",
    ]
    for stage in RoundStageName.allCases {
      let standing = state.stages[stage] ?? .waiting
      var head = "\(stage.rawValue): \(standing.rawValue)"
      if let report = state.reports[stage] { head += ", \(seconds(report.seconds))" }
      lines.append(head)
      lines += (state.reports[stage]?.figures ?? []).map { "  \($0.name): \($0.words)" }
      lines += (state.reports[stage]?.remarks ?? []).map { "  \($0)" }
      if let failure = state.failures[stage] { lines.append("  \(failure)") }
    }
    return lines
  }

  /// A duration in words.
  package static func seconds(_ seconds: Double) -> String {
    switch seconds {
    case ..<10: "\(FixedNumber.text(seconds, decimals: 1, none: "–")) s"
    case ..<120: "\(Int(seconds.rounded())) s"
    default: "\(Int((seconds / 60).rounded())) min"
    }
  }
}

extension RoundStageReport.Figure {
  /// A difference of shares in points, with its interval.
  package var points: String {
    func text(_ share: Double) -> String {
      (share < 0 ? "−" : "+") + FixedNumber.text(abs(share) * 100, decimals: 1, none: "–")
    }
    return text(value) + (interval.map { " [\(text($0[0])), \(text($0[1]))]" } ?? "")
  }
}
