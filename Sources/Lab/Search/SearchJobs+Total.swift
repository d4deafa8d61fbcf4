import TreeSearch
import Vocabulary
import Workspace

extension RunSetup {
  /// Parts in which what is left after the first half is given out, each by new forecasts.
  private static let rounds = 4

  /// Searches problems within `total` tokens of policy and rollout model together: half of an equal share each, then the rest in parts, to
  /// those whose right answer more of it is likeliest to find. Each run keeps its own limits besides, and its forecasts. A simulation that
  /// has begun is finished, so that a problem may spend a little more than it was given; what it was, the next part is less.
  ///
  /// Results come when all is spent, in the order of the problems. Throws as ``search(_:control:each:)`` does.
  @discardableResult
  package func search(
    _ problems: some Sequence<Problem>, within total: Int, control: SearchControl = SearchControl(),
    each: (SearchResult) async throws -> Void = { _ in }
  ) async throws -> [SearchResult] {
    let problems = Array(problems)
    guard let workspace, !problems.isEmpty else { return [] }
    var setup = self
    try setup.keepForecasts()
    let shares = TokenShares(total: total, problems: problems.count)
    var results = try await setup.search(problems, control: control.allowing(shares.least))
    for round in 1...Self.rounds where !control.isInterrupted() && results.count == problems.count {
      let left = total - results.reduce(0) { $0 + $1.tokens.generated }
      if left < shares.slice { break }
      let part = round < Self.rounds ? max(shares.slice, left / 2) : left
      let standings = try results.map { result in
        // What a limit of its own or a failure has stopped takes no more.
        let takesMore = result.error == nil && (result.stopped == nil || result.stopped == .tokens)
        return TokenShares.Standing(tally: takesMore ? AnswerTally(try workspace.tree(of: result.run)) : nil)
      }
      let given = shares.next(part, standings, calibrations: parameters.forecastCalibrations)
      let chosen = given.indices.filter { given[$0] > 0 }
      if chosen.isEmpty { break }
      let (spent, runs) = (results.map(\.tokens.generated), results.map(\.run))
      let more = try await setup.inLanes(chosen, control: control) { setup, index in
        let record = try workspace.run(runs[index])
        return try await setup.search(record, control: control.allowing(spent[index] + given[index]))
      }
      for (index, result) in zip(chosen, more) { results[index] = result.adding(to: results[index]) }
    }
    for result in results { try await each(result) }
    return results
  }

  private mutating func keepForecasts() throws {
    try changeParameters { try $0.set(SearchParameters.keepsForecasts, to: true) }
  }
}

extension SearchControl {
  /// The same, with so many tokens a run.
  fileprivate func allowing(_ tokens: Int) -> SearchControl {
    var control = self
    control.tokens = tokens
    return control
  }
}

extension SearchResult {
  /// The result of a run that went on where `earlier` rested: the work of both.
  fileprivate func adding(to earlier: SearchResult) -> SearchResult {
    var sum = self
    sum.seconds += earlier.seconds
    if sum.forecast != nil { sum.forecastSeconds = sum.seconds }
    if var prompts = sum.prompts, let before = earlier.prompts {
      prompts.computed += before.computed
      prompts.reused += before.reused
      prompts.generated += before.generated
      prompts.discarded += before.discarded
      sum.prompts = prompts
    }
    return sum
  }
}
