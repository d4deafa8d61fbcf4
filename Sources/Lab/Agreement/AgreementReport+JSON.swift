extension AgreementReport.Row {
  /// The row as `--json` prints it: figures that are undefined are null, and `undefined` names them with the reason.
  package func json(act: RatedAct, scale: RatingScale, used: Int) -> some Encodable {
    JSON(
      act: act.rawValue, group: group, people: people, units: estimate.units, doublyLabelled: estimate.doublyLabelled,
      problems: estimate.problems, tooFew: estimate.isTooFew, valuesInUse: used,
      labels: Dictionary(uniqueKeysWithValues: zip(scale.names, estimate.labels)),
      skew: estimate.skew.map { JSON.Skew(value: scale.names[$0.value], share: $0.share) },
      kappaError: estimate.figures?.kappaError,
      figures: Dictionary(
        uniqueKeysWithValues: (estimate.figures?.named(scale) ?? []).compactMap { name, value in
          value.map { (name, $0) }
        }),
      allEqual: estimate.figures?.allEqual ?? [], ci95: estimate.intervals.mapValues { [$0.lowerBound, $0.upperBound] })
  }

  private struct JSON: Encodable {
    struct Skew: Encodable {
      let value: String
      let share: Double
    }

    let act: String
    let group: String
    let people: [String]
    let units: Int
    let doublyLabelled: Int
    let problems: Int
    let tooFew: Bool
    let valuesInUse: Int
    let labels: [String: Int]
    let skew: Skew?
    let kappaError: Double?
    let figures: [String: Double]
    let allEqual: [String]
    let ci95: [String: [Double]]
  }
}

extension AgreementFigures {
  /// Names of the coefficients that are undefined because everything that was said is the same.
  package var allEqual: [String] {
    let all: [(String, Coefficient?)] = [
      ("kappa", kappa), ("weightedKappa", weightedKappa), ("alphaNominal", alpha.nominal),
      ("alphaOrdinal", alpha.ordinal), ("alphaInterval", alpha.interval), ("ac1", ac1), ("pabak", pabak),
    ]
    return all.filter { $0.1 == .allEqual }.map(\.0)
  }
}
