import Foundation

extension AgreementReport {
  /// The report for people: a table and what must be known to read it.
  package func lines() -> [String] {
    guard let all = rows.first, all.estimate.units > 0 else {
      return ["no \(act.rawValue) labels that count here: labels are given in the explorer, or imported"]
    }
    let estimate = all.estimate
    return [
      "\(act.rawValue) labels of \(all.people.map(\.printable).joined(separator: ", ")): \(estimate.units) units, "
        + "\(estimate.doublyLabelled) of them labelled by two or more, of \(estimate.problems) problems", "",
    ] + table.lines + [""] + remarks
  }

  /// The first row in one line.
  package var sentence: String {
    guard let all = rows.first, let figures = all.estimate.figures, !all.estimate.isTooFew else {
      let count = rows.first?.estimate.doublyLabelled ?? 0
      return "\(act.rawValue) labels: \(count) that two people gave, too few to say how far they agree"
    }
    func words(_ name: String, _ key: String, _ coefficient: AgreementFigures.Coefficient?) -> String? {
      switch coefficient {
      case nil: nil
      case .allEqual: "\(name) undefined (all equal)"
      case .value(let value): "\(name) \(Self.number(value, all.estimate.intervals[key]))"
      }
    }
    let bothBad = zip(scale.names, figures.specific).first { $0.0 == "bad" }?.1.map {
      String(format: "both bad %.3f", $0)
    }
    let parts = [
      "raw \(Self.number(figures.raw, all.estimate.intervals["raw"]))", bothBad, words("κ", "kappa", figures.kappa),
      words("α", "alphaNominal", figures.alpha.nominal), words("AC1", "ac1", figures.ac1),
    ]
    let skew =
      all.estimate.skew.map { "; skewed: \(MarkdownTable.percent($0.share)) say \(scale.names[$0.value])" } ?? ""
    return
      "\(act.rawValue) labels of \(all.people.map(\.printable).joined(separator: ", ")), \(all.estimate.doublyLabelled) units: "
      + parts.compactMap { $0 }.joined(separator: ", ") + skew
  }

  private var table: MarkdownTable {
    let ordered = scale.numbers != nil
    let named = scale.names.map { "both \($0)" }
    var table = MarkdownTable(
      columns: ["labels", "units", "raw"] + named + ["κ"] + (ordered ? ["κ weighted"] : []) + ["α nominal"]
        + (ordered ? ["α ordinal", "α interval"] : []) + ["AC1", "PABAK"])
    table.rows = rows.map { row in
      let start = [row.group.printable, "\(row.estimate.doublyLabelled)"]
      guard let figures = row.estimate.figures, !row.estimate.isTooFew else {
        return start + ["too few"] + Array(repeating: "", count: table.columns.count - 3)
      }
      func cell(_ name: String, _ coefficient: AgreementFigures.Coefficient?) -> String {
        switch coefficient {
        case nil: "–"
        case .allEqual: "undefined (all equal)"
        case .value(let value): Self.number(value, row.estimate.intervals[name])
        }
      }
      let error = figures.kappaError.map { String(format: " ± %.3f", $0) } ?? ""
      return start + [Self.number(figures.raw, row.estimate.intervals["raw"])]
        + figures.specific.map { $0.map { Self.number($0, nil) } ?? "–" }
        + [cell("", figures.kappa) + error] + (ordered ? [cell("", figures.weightedKappa)] : [])
        + [cell("alphaNominal", figures.alpha.nominal)]
        + (ordered
          ? [cell("alphaOrdinal", figures.alpha.ordinal), cell("alphaInterval", figures.alpha.interval)] : [])
        + [cell("ac1", figures.ac1), cell("", figures.pabak)]
    }
    return table
  }

  /// What keeps a reader from being misled.
  private var remarks: [String] {
    var lines = [
      "raw: share of pairs of labels that agree; both good: of the times one says good, how often the other does, too; ± standard "
        + "error; [ ]: 95 % interval, problems drawn \(AgreementEstimate.draws) times; q = \(used) values in use."
    ]
    for row in rows {
      if let skew = row.estimate.skew, !row.estimate.isTooFew {
        lines.append(
          "skewed: \(row.group.printable): \(MarkdownTable.percent(skew.share)) of the labels say \(scale.names[skew.value]); "
            + "κ and α mislead there, read AC1 and what both say")
      }
    }
    if rows.contains(where: \.estimate.isTooFew) {
      lines.append("too few: below \(AgreementEstimate.leastUnits) units that two people labelled")
    }
    if sighted > 0 {
      lines.append(
        "not blind: \(sighted) of \(labels) labels were given with scores, visits or others' labels in sight; that makes people "
          + "agree (--blind counts the others alone)")
    }
    return lines
  }

  private static func number(_ value: Double, _ interval: AgreementEstimate.Interval?) -> String {
    let text = String(format: "%.3f", value)
    return interval.map { "\(text) " + String(format: "[%.2f, %.2f]", $0.lowerBound, $0.upperBound) } ?? text
  }
}

extension ControlReport {
  /// The report for people; empty where nothing was given for control.
  package func lines() -> [String] {
    guard !rows.isEmpty else { return [] }
    var table = MarkdownTable(columns: ["control", "right", "known", "share", "95 %", "truth unknown"])
    table.rows = rows.map { row in
      [
        row.person.printable, "\(row.right)", "\(row.known)", row.share.map(MarkdownTable.percent) ?? "–",
        row.known > 0 ? row.wilson.map(MarkdownTable.percent).joined(separator: " – ") : "–", "\(row.unknown)",
      ]
    }
    return table.lines
  }
}
