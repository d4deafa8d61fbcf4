import Foundation
import Models
import Vocabulary
import Workspace

/// Questions that are made of given problems, each one checked before anybody searches it.
///
/// Attempts are numbered; the kinds take turns. What an attempt makes depends on the seed and its number, and its verdict on those
/// before it, so that the same seed imagines the same questions, however often it is begun again.
package struct Imagination: Sendable {
  /// How often a kind was tried, and what came of it.
  package struct Tally: Sendable, Equatable {
    /// The ``ImaginationKind``.
    package let kind: String
    /// Questions made.
    package var tried = 0
    /// Of those, accepted.
    package var accepted = 0
    /// The others by reason.
    package var refused: [ImaginedPrompt.Reason: Int] = [:]
  }

  /// Attempts that are made together, so that a model is asked for many at once; of a server no more than keeps it busy, for an
  /// interruption waits for them. What is imagined does not depend on it.
  private static func batch(for model: (any LanguageModel)?) -> Int {
    guard let server = model?.served, let slots = server.abilities?.slots else { return 32 }
    return max(1, min(64, 2 * slots * server.urls.count))
  }
  /// Most tokens of a solution.
  private static let longestSolution = 256

  private let settings: ImaginationSettings
  private let heldOut: HeldOut
  private let named: [ImaginationKind]

  /// - Throws: `LabError` for settings that cannot be used.
  package init(_ settings: ImaginationSettings, heldOut: HeldOut) throws {
    named = try settings.checked()
    (self.settings, self.heldOut) = (settings, heldOut)
  }

  /// The given problems that may be imagined from, and those that are held out, each with why.
  package func sorted(
    _ problems: [LoadedProblem]
  ) -> (usable: [LoadedProblem], heldOut: [(id: String, why: String)]) {
    var (usable, refused): ([LoadedProblem], [(String, String)]) = ([], [])
    for loaded in problems {
      let (problem, root) = (loaded.problem, loaded.text("root"))
      if let root, heldOut.holds(id: root) {
        refused.append((problem.id, "its ancestor \(root) is held out"))
      } else if let leak = heldOut.leak(in: problem.question) {
        refused.append((problem.id, leak.words))
      } else if heldOut.holds(id: problem.id) {
        refused.append((problem.id, "a problem of this id is held out"))
      } else {
        usable.append(loaded)
      }
    }
    return (usable, refused)
  }

  /// Whether something has to be written or solved by a model.
  package func needsModel(for problems: [LoadedProblem]) -> Bool {
    let parents = problems.map { ImaginationParent($0) }
    return settings.samples > 0
      || kinds(for: parents).contains { kind in !parents.allSatisfy { kind.isByRule(of: $0) } }
  }

  /// Whether some of the answers are known only from solutions that agree: whoever draws none gets questions that nobody vouches
  /// for.
  package func answersNeedSamples(for problems: [LoadedProblem]) -> Bool {
    let parents = problems.map { ImaginationParent($0) }
    return kinds(for: parents).contains { kind in
      !parents.allSatisfy { parent in kind.isByRule(of: parent) || (kind == .policy && parent.story != nil) }
    }
  }

  /// The kinds that were asked for, else those that suit: whatever rules make of word stories and what their policy writes by
  /// itself, and of other problems whatever can be asked of a model by a prompt.
  private func kinds(for parents: [ImaginationParent]) -> [ImaginationKind] {
    if !named.isEmpty { return named }
    if parents.allSatisfy({ $0.story != nil }) { return [.numbers, .deepen, .compose, .policy] }
    return [.rephrase, .numbers, .backward, .deepen, .compose].filter { kind in parents.contains(where: kind.canUse) }
  }

  /// Imagines until enough questions are accepted, one after the other is refused, or the work is interrupted.
  ///
  /// - Parameters:
  ///   - problems: What they are made of; those that are held out are passed over.
  ///   - model: Who writes and solves; needed where ``needsModel(for:)`` says so.
  ///   - isInterrupted: Asked between two batches.
  ///   - each: Called with every question in order, accepted or not.
  /// - Returns: The kinds in order, and what came of each.
  /// - Throws: `LabError` for what cannot be used; errors of the model as they are; what `each` throws.
  package func run(
    from problems: [LoadedProblem], model: (any LanguageModel)?, isInterrupted: @Sendable () -> Bool = { false },
    each: (ImaginedPrompt) async throws -> Void
  ) async throws -> [Tally] {
    let parents = try parents(problems)
    let kinds = kinds(for: parents)
    let drafter = try drafter(kinds, parents, model)
    var checks = PromptChecks(parents, heldOut: heldOut, settings: settings)
    var tallies = kinds.map { Tally(kind: $0.rawValue) }
    let batch = Self.batch(for: model)
    var (attempt, accepted, refusedInARow) = (0, 0, 0)
    while accepted < settings.count, refusedInARow < settings.patience, !isInterrupted() {
      let drafts = try await drafter.drafts(attempt..<attempt + batch)
      var records = drafts.map { checks.record(of: $0) }
      let answers = try await answers(to: &records, model)
      for (index, record) in records.enumerated() {
        let prompt = checks.settle(record, of: drafts[index], answers: answers[index] ?? [])
        tallies[(attempt + index) % kinds.count].take(prompt)
        accepted += prompt.isAccepted ? 1 : 0
        refusedInARow = prompt.isAccepted ? 0 : refusedInARow + 1
        try await each(prompt)
        if accepted == settings.count || refusedInARow == settings.patience { break }
      }
      attempt += batch
    }
    return tallies
  }

  private func parents(_ problems: [LoadedProblem]) throws -> [ImaginationParent] {
    let (usable, refused) = sorted(problems)
    guard !usable.isEmpty else {
      let first = refused.first.map { ", as \($0.id): \($0.why)" } ?? ""
      throw LabError.settings("expected problems to imagine from, all of them are held out\(first)")
    }
    return usable.map { ImaginationParent($0) }
  }

  private func drafter(
    _ kinds: [ImaginationKind], _ parents: [ImaginationParent], _ model: (any LanguageModel)?
  ) throws -> Drafter {
    for kind in kinds where kind != .policy && !parents.contains(where: kind.canUse) {
      let need = kind == .backward ? "with a reference answer and a number" : "without choices and tests"
      throw LabError.settings("\(kind.rawValue): expected problems \(need), found none")
    }
    if settings.samples > 0, model == nil { throw LabError.settings("samples: expected a model that draws them") }
    var drafter = Drafter(kinds: kinds, parents: parents, settings: settings, model: model, prompts: [:])
    for kind in kinds where !parents.allSatisfy({ kind.isByRule(of: $0) }) {
      guard let model else {
        if kind == .backward { continue }
        throw LabError.settings("\(kind.rawValue): expected a model that writes it")
      }
      let opening = drafter.opening(of: model)
      if kind == .policy, opening == .beginning { continue }
      let name = kind == .policy && opening == .turn ? "imagine-turn" : "imagine-\(kind.rawValue)"
      drafter.prompts[kind] = try ImaginationPrompt(
        settings.prompts[kind.rawValue] ?? name, in: DataFolder.locate().prompts)
    }
    return drafter
  }

  /// What the solutions of each record say that is accepted so far; nil for those that are not. A question that leaves the model no
  /// room for a solution is refused.
  private func answers(
    to records: inout [ImaginedPrompt], _ model: (any LanguageModel)?
  ) async throws -> [Int: [String?]] {
    guard settings.samples > 0, let model else { return [:] }
    var (open, requests): ([Int], [SampleRequest]) = ([], [])
    for index in records.indices where records[index].isAccepted {
      let prefix = model.prompt(for: records[index].text)
      guard prefix.count < model.contextLength else {
        let words = "\(prefix.count) tokens, \(model.name) reads \(model.contextLength)"
        records[index].verdict = .refused(PromptFault(.form, words))
        continue
      }
      open.append(index)
      requests.append(
        SampleRequest(
          prefix: prefix, count: settings.samples, temperature: settings.temperature,
          maximumTokens: Self.longestSolution, end: .answer, seed: SplitMix.seed(records[index].seed, 1)))
    }
    let results = requests.isEmpty ? [] : try await model.sample(requests)
    return Dictionary(
      uniqueKeysWithValues: zip(open, results).map { index, result in
        (index, result.samples.map { AnswerFormat.answer(in: $0.text, markers: model.answerMarkers) })
      })
  }
}

extension Imagination.Tally {
  /// Counts a question.
  fileprivate mutating func take(_ prompt: ImaginedPrompt) {
    tried += 1
    if prompt.isAccepted { accepted += 1 }
    if let reason = prompt.verdict.reason { refused[reason, default: 0] += 1 }
  }
}
