extension Answer {
  /// Why the answer does not fit a request of `kind`, in words; nil where it fits.
  func misfit(_ kind: Request.Kind) -> String? {
    guard usage.isPlausible else { return "a number of tokens is negative or absurd" }
    switch (kind, content) {
    case (.propose(let draws, _, _, _), .options(let options)):
      // A model may end its text right here; only then is an option empty.
      if options.isEmpty || options.contains(where: { $0.bytes.isEmpty && $0.termination != .endOfText }) {
        return "the policy proposed an empty option"
      }
      if options.count > draws { return "the policy proposed \(options.count) options where \(draws) were asked for" }
      let areFinite = options.allSatisfy { $0.logProbabilities.allSatisfy(\.isFinite) }
      return areFinite ? nil : "a log-probability is not a finite number"
    case (.score, .scores(let scores)):
      guard let bad = scores.first(where: { !isScore($0.score) }) else { return nil }
      return "critic \(bad.critic) gave \(bad.score ?? 0), outside [0, 1]"
    case (.rollOut, .rollouts(let rollouts)):
      return rollouts.allSatisfy { isScore($0.score) } ? nil : "a rollout's ORM score lies outside [0, 1]"
    case (.compare(_, let nodes), .similarities(let beliefs)):
      if beliefs.count != nodes.count { return "\(beliefs.count) beliefs where \(nodes.count) were asked for" }
      return beliefs.allSatisfy { 0...1 ~= $0 } ? nil : "a belief lies outside [0, 1]"
    default: return "the answer is not of the kind that was asked for"
    }
  }

  @inline(__always)
  private func isScore(_ score: Double?) -> Bool { score.map { $0 >= 0 && $0 <= 1 } ?? true }
}

extension TokenUsage {
  /// False where a number is negative or absurd.
  fileprivate var isPlausible: Bool {
    let most = 1 << 40
    return 0...most ~= policy && 0...most ~= rollout && 0...most ~= critic && 0...most ~= reused
  }
}
