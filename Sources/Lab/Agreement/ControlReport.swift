import Vocabulary
import Workspace

/// How each person does on things whose truth is known: labels that were given for control.
package struct ControlReport: Sendable {
  /// One person.
  package struct Row: Sendable, Encodable {
    package let person: String
    /// Labels that say what is true.
    package let right: Int
    /// Control labels of things whose truth is known.
    package let known: Int
    /// Control labels of things of which nobody knows it.
    package let unknown: Int
    /// ``right`` of ``known``; nil without any.
    package let share: Double?
    /// Its 95 % Wilson interval.
    package let wilson: [Double]

    init(person: String, right: Int, known: Int, unknown: Int) {
      (self.person, self.right, self.known, self.unknown) = (person, right, known, unknown)
      share = known > 0 ? Double(right) / Double(known) : nil
      wilson = Statistics.wilson(right, known)
    }
  }

  /// By name.
  package let rows: [Row]

  /// Makes the rows of the kind `act`.
  ///
  /// True is what an adjudicator decided. Of a verdict it is, where nobody decided, what the reference says of the answer: good where
  /// they agree. Complexity: O(labels).
  ///
  /// - Parameter references: whether the answers at units agree with the reference, by unit.
  package init(_ ledger: LabelLedger, act: RatedAct, references: [String: Bool] = [:]) {
    var counts: [String: (right: Int, known: Int, unknown: Int)] = [:]
    func count<Value: Equatable>(_ act: LabelAct<Value>, _ reference: (String) -> Value?) {
      for unit in ledger.units {
        let words = ledger.said(act, of: unit.id, purposes: [.control])
        guard !words.isEmpty else { continue }
        let truth = ledger.adjudicated(act, of: unit.id) ?? reference(unit.id)
        for word in words {
          var person = counts[word.who] ?? (0, 0, 0)
          if let truth {
            person.known += 1
            if word.value == truth { person.right += 1 }
          } else {
            person.unknown += 1
          }
          counts[word.who] = person
        }
      }
    }
    switch act {
    case .step: count(.step) { _ in nil }
    case .verdict: count(.verdict) { unit in references[unit].map { $0 ? Judgement.Verdict.good : .bad } }
    case .finish: count(.finish) { _ in nil }
    }
    rows = counts.sorted { $0.key < $1.key }.map {
      Row(person: $0.key, right: $0.value.right, known: $0.value.known, unknown: $0.value.unknown)
    }
  }
}

extension Workspace {
  /// Whether the answers at labelled units agree with the reference, where labels say so; the last that does counts.
  /// Complexity: O(labels), one in memory at a time.
  package func labelledOutcomes() throws -> [String: Bool] {
    var found: [String: Bool] = [:]
    try forEachLabel { if let correct = $0.label.evidence?.correct { found[$0.label.subject.unit] = correct } }
    return found
  }
}
