import Foundation

/// An axis: maps values to coordinates and says where its ticks are.
package struct PlotAxis {
  /// The values at both ends.
  package let range: ClosedRange<Double>
  package let ticks: [Double]
  private let isLogarithmic: Bool
  private let from: Double
  private let to: Double

  /// A linear axis of shares that holds `values` and ends at ticks, from the coordinate `from` to `to`.
  package static func shares(_ values: [Double], from: Double, to: Double) -> PlotAxis {
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    let step = [0.02, 0.05, 0.1].first { (high - low) / $0 <= 8 } ?? 0.2
    let most = (1 / step).rounded()
    let first = min(max(0, (low / step).rounded(.down)), most - 1)
    let last = max(first + 1, min(most, (high / step).rounded(.up)))
    let ticks = (Int(first)...Int(last)).map { Double($0) * step }
    return PlotAxis(range: first * step...last * step, ticks: ticks, isLogarithmic: false, from: from, to: to)
  }

  /// A logarithmic axis that holds the positive `values`, ticks at 1, 2 and 5 times powers of ten.
  package static func logarithmic(_ values: [Double], from: Double, to: Double) -> PlotAxis {
    let low = max(1e-3, values.min() ?? 1) / 1.25
    let high = max(low * 2, (values.max() ?? 10) * 1.25)
    let powers = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
    let ticks = powers.flatMap { power in [1.0, 2, 5].map { $0 * pow(10, Double(power)) } }
    return PlotAxis(
      range: low...high, ticks: ticks.filter { (low...high).contains($0) }, isLogarithmic: true, from: from, to: to)
  }

  /// A linear axis of whole numbers that holds `values`, a tick each, or each second, fifth … where there are many.
  package static func whole(_ values: [Double], from: Double, to: Double) -> PlotAxis {
    let low = (values.min() ?? 0).rounded(.down)
    let high = max(low + 1, (values.max() ?? 1).rounded(.up))
    let step = [1.0, 2, 5, 10, 20, 50].first { (high - low) / $0 <= 12 } ?? 100
    return PlotAxis(
      range: low...high, ticks: Array(stride(from: low, through: high, by: step)), isLogarithmic: false, from: from,
      to: to)
  }

  /// The coordinate of `value`; values beyond an end lie at the end.
  package func position(_ value: Double) -> Double {
    let value = min(max(value, range.lowerBound), range.upperBound)
    let share =
      isLogarithmic
      ? log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
      : (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return from + share * (to - from)
  }
}

/// How a line of a plot is told apart: by shape as well as by colour (Okabe and Ito's palette for all kinds of sight).
package struct PlotMarker {
  private enum Shape: CaseIterable {
    case circle, square, diamond, triangle, cross, plus
  }

  /// A colour as CSS takes it.
  package let color: String
  private let shape: Shape

  private static let colors = ["#000000", "#0072B2", "#009E73", "#B8860B", "#CC79A7", "#D55E00"]

  /// The marker of line `number`, counted from 0; shapes and colours begin again after the last.
  package init(_ number: Int) {
    color = Self.colors[number % Self.colors.count]
    shape = Shape.allCases[number % Shape.allCases.count]
  }

  /// The shape around a point.
  package func element(x: Double, y: Double) -> SVGElement {
    let n = SVGElement.number
    func path(_ data: String, isOpen: Bool = false) -> SVGElement {
      SVGElement(
        "path",
        ["d": data, "fill": isOpen ? "none" : color, "stroke": color, "stroke-width": isOpen ? "2.5" : "1"])
    }
    func at(_ dx: Double, _ dy: Double) -> String { "\(n(x + dx)) \(n(y + dy))" }
    return switch shape {
    case .circle: SVGElement("circle", ["cx": n(x), "cy": n(y), "r": "4.5", "fill": color])
    case .square: path("M\(at(-4, -4)) L\(at(4, -4)) L\(at(4, 4)) L\(at(-4, 4)) Z")
    case .diamond: path("M\(at(0, -6)) L\(at(6, 0)) L\(at(0, 6)) L\(at(-6, 0)) Z")
    case .triangle: path("M\(at(0, -5.5)) L\(at(5.5, 4.5)) L\(at(-5.5, 4.5)) Z")
    case .cross: path("M\(at(-4, -4)) L\(at(4, 4)) M\(at(4, -4)) L\(at(-4, 4))", isOpen: true)
    case .plus: path("M\(at(-5.5, 0)) L\(at(5.5, 0)) M\(at(0, -5.5)) L\(at(0, 5.5))", isOpen: true)
    }
  }
}
