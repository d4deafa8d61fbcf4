/// What a unit of each kind of evidence weighs under the final selection `evidence`.
///
/// The defaults are what this printed, on problems that no test holds:
///
/// ```
/// etascope evaluate SampleData/Problems/dev.jsonl SampleData/Problems/hard-dev.jsonl --first 200 --preset etascope \
///   --set merge.rule=off --methods bestOfN,search --budgets 4,16 --fit-choice
/// ```
///
/// A weight of 0 is that of a kind which did not help on problems that were not fitted to.
extension SearchParameters {
  /// `evidence.outcome`.
  public static let evidenceOutcome = weight(
    "outcome", 0.98, "the ORM's score of the whole, in log-odds")
  /// `evidence.steps`.
  public static let evidenceSteps = weight("steps", 0, "the PRM's score of the worst step, in log-odds")
  /// `evidence.value`.
  public static let evidenceValue = weight("value", 0, "v(s) at the end, in log-odds")
  /// `evidence.doubts`.
  public static let evidenceDoubts = weight("doubts", 0, "what tools and other critics doubt on the way, in log-odds")
  /// `evidence.visits`.
  public static let evidenceVisits = weight("visits", 0, "the logarithm of the visits of the last node")
  /// `evidence.none`.
  public static let evidenceNone = weight(
    "none", 0.92, "none of the answers stated, as a whole, whatever speaks for them")

  /// In the order shown.
  static let evidenceWeights = Evidence.allCases.map(\.weight.parameter) + [evidenceNone.parameter]

  private static func weight(_ name: String, _ fallback: Double, _ of: String) -> ParameterKey<Double> {
    ParameterKey<Double>(
      "evidence.\(name)", -20...20, default: fallback, help: "Under the final selection evidence, the weight of \(of).",
      citation: "fitted by evaluate --fit-choice")
  }
}
