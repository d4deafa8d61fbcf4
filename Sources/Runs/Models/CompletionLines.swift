import Critics
import Models
import TreeSearch

extension FastRollout.Completion {
  /// The completion's lines as options, each cut after the first token whose bytes contain a line break, as the policy
  /// would have drawn them one by one. The first one has what was thought before all of them, the last one tells why the
  /// completion ended.
  ///
  /// - Parameters:
  ///   - policy: the search's policy, whose tokens and log-probabilities options carry.
  ///   - model: the rollout model. Where its weights are not the policy's, its log-probabilities are left out; where its
  ///     tokens mean something else, they are too.
  func lines(of model: any LanguageModel, for policy: any LanguageModel) -> [SearchOption] {
    let isPolicy = model.fingerprint == policy.fingerprint && logProbabilities.count == tokens.count
    let isReadable = model.vocabulary != nil && model.vocabulary == policy.vocabulary
    var lines: [SearchOption] = []
    var start = 0
    var bytes: [UInt8] = []
    for (at, token) in tokens.enumerated() {
      let new = model.bytes(of: [token])
      bytes += new
      let isLast = at == tokens.count - 1
      guard isLast || new.contains(0x0A) else { continue }
      let end = isLast && [.endOfText, .filtered].contains(ending) ? ending : nil
      lines.append(
        SearchOption(
          tokens: isReadable ? Array(tokens[start...at]) : [], bytes: bytes,
          logProbabilities: isPolicy ? logProbabilities[start...at].map(Float.init) : [],
          termination: end ?? (new.contains(0x0A) ? .newline : .lengthCap)))
      start = at + 1
      bytes = []
    }
    if !thinking.isEmpty, !lines.isEmpty { lines[0].thinking = thinking }
    return lines
  }
}
