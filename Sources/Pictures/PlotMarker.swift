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
