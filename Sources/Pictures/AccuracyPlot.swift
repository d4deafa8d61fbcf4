import Foundation
import Lab

/// Accuracy against tokens on a logarithmic axis, or against rounds, one line a method, with interval bars: an SVG picture.
package struct AccuracyPlot {
  /// What the horizontal axis counts.
  package enum Scale: Sendable {
    case tokens, rounds

    fileprivate var title: String { self == .tokens ? "Accuracy against generated tokens" : "Accuracy by round" }
    fileprivate var label: String {
      self == .tokens
        ? "generated tokens a problem (logarithmic)"
        : "round whose policy it is; 0 is the one that the series began with"
    }
    fileprivate func words(_ at: Double) -> String {
      String(format: self == .tokens ? "%.0f tokens" : "round %.0f", at)
    }
  }

  /// A method with one budget, or a policy.
  package struct Point: Equatable {
    /// Tokens, or the round.
    package let at: Double
    package let accuracy: Statistics.Estimate

    package init(at: Double, accuracy: Statistics.Estimate) { (self.at, self.accuracy) = (at, accuracy) }
  }

  /// A method.
  package struct Line {
    package let name: String
    package let points: [Point]
  }

  package let lines: [Line]
  /// One line below the title.
  package let subtitle: String

  private static let (width, height) = (860.0, 520.0)
  private static let (left, right, top, bottom) = (78.0, 690.0, 74.0, 448.0)

  private let scale: Scale
  private let x: PlotAxis
  private let y: PlotAxis

  package init(lines: [Line], subtitle: String, scale: Scale = .tokens) {
    self.lines = lines
    self.subtitle = subtitle
    self.scale = scale
    let points = lines.flatMap(\.points)
    let places = points.map(\.at)
    x =
      scale == .tokens
      ? .logarithmic(places, from: Self.left, to: Self.right)
      : .whole(places, from: Self.left + 20, to: Self.right - 20)
    y = .shares(points.flatMap { [$0.accuracy.low, $0.accuracy.high] }, from: Self.bottom, to: Self.top)
  }

  /// The picture. The same plot gives the same bytes.
  package func svg() -> String {
    let title = scale.title
    let (width, height) = (SVGElement.number(Self.width), SVGElement.number(Self.height))
    let root = SVGElement(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width) \(height)", "width": width, "height": height,
        "role": "img", "font-family": "Helvetica, Arial, sans-serif", "font-size": "14", "fill": "#1a1a1a",
      ],
      [
        SVGElement("title", text: title),
        SVGElement("desc", text: description),
        SVGElement("rect", ["width": width, "height": height, "fill": "#ffffff"]),
        label(title, x: Self.left, y: 30, anchor: "start", size: "18"),
        label(subtitle, x: Self.left, y: 52, anchor: "start", size: "13"),
      ] + horizontalAxis() + verticalAxis() + lines.indices.flatMap(line) + lines.indices.flatMap(legend))
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.xml()
  }

  /// The numbers in words, for readers who do not see the picture.
  private var description: String {
    lines.map { line in
      let points = line.points.map { String(format: "%.1f %% at ", $0.accuracy.mean * 100) + scale.words($0.at) }
      return "\(line.name): " + points.joined(separator: ", ")
    }.joined(separator: "; ")
  }

  private func horizontalAxis() -> [SVGElement] {
    x.ticks.flatMap { tick in
      [
        rule(x.position(tick), Self.top, x.position(tick), Self.bottom),
        label(String(format: "%g", tick), x: x.position(tick), y: Self.bottom + 20, anchor: "middle"),
      ]
    } + [
      label(scale.label, x: (Self.left + Self.right) / 2, y: Self.bottom + 46, anchor: "middle")
    ]
  }

  private func verticalAxis() -> [SVGElement] {
    y.ticks.flatMap { tick in
      [
        rule(Self.left, y.position(tick), Self.right, y.position(tick)),
        label(String(format: "%.0f %%", tick * 100), x: Self.left - 8, y: y.position(tick) + 5, anchor: "end"),
      ]
    }
  }

  private func line(_ number: Int) -> [SVGElement] {
    let marker = PlotMarker(number)
    // Methods that spend the same stand a little apart, so that their bars do not hide each other.
    let shift = (Double(number) - Double(lines.count - 1) / 2) * 3
    let points = lines[number].points
    // A method that spends the same whatever it may spend is one point: its level is drawn on for comparison.
    let level = scale == .rounds ? nil : points.dropFirst().allSatisfy { $0 == points[0] } ? points.first : nil
    let shown = level.map { [$0] } ?? points
    let path =
      level.map {
        rule(Self.left, y.position($0.accuracy.mean), Self.right, y.position($0.accuracy.mean), marker.color)
      }
      ?? SVGElement(
        "polyline",
        [
          "points": shown.map {
            "\(SVGElement.number(x.position($0.at) + shift)),\(SVGElement.number(y.position($0.accuracy.mean)))"
          }.joined(separator: " "),
          "fill": "none", "stroke": marker.color, "stroke-width": "2",
        ])
    return [path] + shown.flatMap { bar($0, marker, shift) }
  }

  private func bar(_ point: Point, _ marker: PlotMarker, _ shift: Double) -> [SVGElement] {
    let at = x.position(point.at) + shift
    let (low, high) = (y.position(point.accuracy.low), y.position(point.accuracy.high))
    let n = SVGElement.number
    return [
      SVGElement(
        "path",
        [
          "d":
            "M\(n(at)) \(n(low)) L\(n(at)) \(n(high)) M\(n(at - 4)) \(n(low)) L\(n(at + 4)) \(n(low)) M\(n(at - 4)) \(n(high)) L\(n(at + 4)) \(n(high))",
          "stroke": marker.color, "stroke-width": "1.2", "stroke-opacity": "0.6",
        ]),
      marker.element(x: at, y: y.position(point.accuracy.mean)),
    ]
  }

  private func legend(_ number: Int) -> [SVGElement] {
    let marker = PlotMarker(number)
    let row = Self.top + 14 + Double(number) * 26
    return [
      SVGElement(
        "path",
        [
          "d":
            "M\(SVGElement.number(Self.right + 20)) \(SVGElement.number(row)) L\(SVGElement.number(Self.right + 48)) \(SVGElement.number(row))",
          "stroke": marker.color, "stroke-width": "2",
        ]),
      marker.element(x: Self.right + 34, y: row),
      label(lines[number].name, x: Self.right + 56, y: row + 5, anchor: "start"),
    ]
  }

  /// A line of the grid, or, with a color, a level.
  private func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String? = nil) -> SVGElement {
    let n = SVGElement.number
    return SVGElement(
      "path",
      [
        "d": "M\(n(x1)) \(n(y1)) L\(n(x2)) \(n(y2))", "stroke": color ?? "#dddddd", "stroke-width": "1",
        "stroke-dasharray": color == nil ? "none" : "6 4",
      ])
  }

  private func label(_ text: String, x: Double, y: Double, anchor: String, size: String = "14") -> SVGElement {
    SVGElement(
      "text",
      ["x": SVGElement.number(x), "y": SVGElement.number(y), "text-anchor": anchor, "font-size": size], text: text)
  }
}

extension AccuracyPlot {
  /// The plot of an evaluation.
  package init(_ result: EvaluationResult) {
    let plan = result.plan
    self.init(
      lines: plan.methods.map { method in
        Line(
          name: method.name,
          points: plan.budgets.indices.map { budget in
            Point(
              at: result.trials(method, budget).mean { Double($0.outcome.tokens) },
              accuracy: Statistics.bootstrap(result.correctness(method, budget)))
          })
      },
      subtitle:
        "\(result.problemCount) problems, \(plan.seeds.count) seeds; bars: 95 % bootstrap intervals over problems")
  }
}

extension AccuracyPlot {
  /// How the policies of a series of rounds answer the held-out problems; nil where none was measured.
  package init?(_ report: RoundReport) {
    let lines = report.measures.filter(RoundMeasures.isAccuracy).compactMap { measure -> Line? in
      let points = report.curve(measure)
      return points.isEmpty
        ? nil : Line(name: measure, points: points.map { Point(at: Double($0.round), accuracy: $0.accuracy) })
    }
    guard !lines.isEmpty else { return nil }
    self.init(
      lines: lines, subtitle: "series \(report.series); bars: 95 % bootstrap intervals over held-out problems",
      scale: .rounds)
  }
}
