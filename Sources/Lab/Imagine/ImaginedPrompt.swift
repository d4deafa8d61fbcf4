import Foundation
import Vocabulary
import Workspace

/// How a question is imagined.
package enum ImaginationKind: String, CaseIterable, Sendable {
  /// Written by the policy itself, of no other question.
  case policy
  /// The same question in other words.
  case rephrase
  /// The same question with other numbers.
  case numbers
  /// A known number hidden, the answer given.
  case backward
  /// One more condition.
  case deepen
  /// Two questions made one.
  case compose

  /// What it does, in a few words.
  package var help: String {
    switch self {
    case .policy: "written by the policy, of no other question"
    case .rephrase: "in other words"
    case .numbers: "with other numbers"
    case .backward: "a number hidden, the answer given"
    case .deepen: "one more condition"
    case .compose: "two questions made one"
    }
  }
}

/// A question that was imagined, with where it comes from and what the checks made of it. It is kept whether accepted or not.
///
/// As JSON it is a record of a problem file too: `etascope search` takes the accepted ones of a file of them.
package struct ImaginedPrompt: Codable, Sendable, Equatable, Identifiable {
  /// Where the expected answer comes from.
  package enum Origin: String, Codable, Sendable {
    /// The family's grammar solves the question exactly.
    case grammar
    /// It is the number that was hidden.
    case hidden
    /// It is the parent's reference answer.
    case parent
    /// It is what most solutions of the policy say.
    case agreement
    /// There is none.
    case none
  }

  /// The known question that is most like this one.
  package struct Neighbour: Codable, Sendable, Equatable {
    /// Its problem's id.
    package var id: String
    /// 1 − the share of runs of four words, names masked, that the two have in common, in [0, 1].
    package var distance: Double
  }

  /// What became of it.
  package struct Verdict: Codable, Sendable, Equatable {
    /// Whether it may be searched and learned from.
    package private(set) var accepted: Bool
    /// Why not; nil where it may.
    package private(set) var reason: Reason?
    /// What was found, such as the span of a leak; may quote a model or a file.
    package private(set) var note: String?

    /// Accepted.
    static let accepted = Verdict(accepted: true)
    /// Refused.
    static func refused(_ fault: PromptFault) -> Verdict {
      Verdict(accepted: false, reason: fault.reason, note: SafeText.quotation(fault.note, limit: 240))
    }
  }

  /// Unique: of the round, the kind and the seed.
  package var id: String
  /// The round it was imagined in, from 1; 0 outside of rounds.
  package var round: Int
  /// The ``ImaginationKind``.
  package var kind: String
  /// Which of a kind's forms: `fobar`, `self-verification`; nil where there is one only.
  package var form: String?
  /// Ids of the problems that it is made of; empty for what the policy wrote by itself.
  package var parents: [String]
  /// The oldest ancestor of its first parent, or itself.
  package var root: String
  /// The oldest ancestors of all parents: by them a dataset is split.
  package var roots: [String]
  /// Name and fingerprint of the model that wrote it; nil where a rule did.
  package var model: String?
  /// The seed of everything random in it.
  package var seed: UInt64
  /// The question.
  package var text: String
  /// What the model wrote, where that is not the question alone.
  package var raw: String?
  /// The expected answer; nil where nobody knows one.
  package var answer: String?
  /// Where that comes from.
  package var answerFrom = Origin.none
  /// Solutions that were drawn of it.
  package var samples: Int?
  /// How many of them give the expected answer.
  package var agreed: Int?
  /// What speaks for its being solvable, in words.
  package var evidence: String
  /// The known question that is most like it; nil where none is like it at all.
  package var neighbour: Neighbour?
  /// The share of the drawn solutions that give the expected answer, in [0, 1]; nil where none were drawn.
  package var passRate: Double?
  /// What became of it.
  package var verdict = Verdict.accepted
  /// For dataset cards.
  package var source = "etascope imagine"

  private enum CodingKeys: String, CodingKey {
    case id, round, kind, form, parents, root, roots, model, seed, raw, answer, answerFrom, samples, agreed, evidence
    case neighbour, passRate, verdict, source
    case text = "question"
  }

  /// Whether it may be searched and learned from.
  package var isAccepted: Bool { verdict.accepted }

  /// Whether the policy never comes to the expected answer: the answer may be wrong, or the question, as well as hard.
  package var isSuspect: Bool { verdict.reason == .unsolved || passRate == 0 }

  /// As a problem file's record: what a search of it begins with, and all else as fields of its own.
  ///
  /// - Throws: `ProblemFileError` for a question that no file may hold.
  package func problem() throws -> LoadedProblem {
    let read = try ProblemFile.read(Array(CanonicalJSON.data(self)), name: id)
    // A record is one problem; the reader throws where it finds none.
    return read[0]
  }

  /// Whether a record of a problem file is a prompt that was refused.
  package static func isRefused(_ problem: LoadedProblem) -> Bool {
    guard let extra = problem.extra, extra.contains("\"verdict\"") else { return false }
    struct Record: Decodable {
      let verdict: Verdict
      let kind: String
    }
    let record = try? JSONDecoder().decode(Record.self, from: Data(extra.utf8))
    return record.map { !$0.verdict.accepted && ImaginationKind(rawValue: $0.kind) != nil } ?? false
  }
}
