import Foundation
import FoundationXML
import Testing

@testable import Lab
@testable import Pictures

struct PlotTests {
  /// Counts elements, and says whether a text is well-formed XML.
  private final class Counter: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]
    var texts: [String] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) { counts[name, default: 0] += 1 }

    func parser(_ parser: XMLParser, foundCharacters text: String) { texts.append(text) }

    func reads(_ text: String) -> Bool {
      let parser = XMLParser(data: Data(text.utf8))
      parser.delegate = self
      return parser.parse()
    }
  }

  private func point(_ at: Double, _ mean: Double) -> AccuracyPlot.Point {
    AccuracyPlot.Point(
      at: at, accuracy: Statistics.Estimate(mean: mean, low: mean - 0.05, high: mean + 0.05))
  }

  @Test func isWellFormedWhateverALineIsCalled() {
    let plot = AccuracyPlot(
      lines: [
        AccuracyPlot.Line(name: "a<b> & \"c\" \u{1B}[2J\u{7}", points: [point(40, 0.5), point(80, 0.6)]),
        AccuracyPlot.Line(name: "level", points: [point(40, 0.4), point(40, 0.4)]),
      ], subtitle: "]]> --")
    let counter = Counter()
    #expect(counter.reads(plot.svg()))
    #expect(counter.texts.joined().contains("a<b> & \"c\" \u{FFFD}[2J\u{FFFD}"))
    #expect(counter.counts["polyline"] == 1, "a line for the method that spends more and more, none for the other")
  }

  @Test func theSameResultGivesTheSameBytes() throws {
    let svg = AccuracyPlot(try ResultFixture.result()).svg()
    #expect(svg == AccuracyPlot(try ResultFixture.result()).svg())
    let counter = Counter()
    #expect(counter.reads(svg))
    #expect(counter.texts.contains { $0.contains("search: 75.0 % at 40 tokens, 75.0 % at 80 tokens") })
    #expect(svg.contains("2 problems, 2 seeds"))
  }

  /// A decade on 100 units: 1 at 0, 10 at 100, √10 in the middle.
  @Test func aLogarithmicAxis() {
    let axis = PlotAxis.logarithmic([1.25, 8], from: 0, to: 100)
    #expect(abs(axis.position(1) - 0) < 1e-9)
    #expect(abs(axis.position(10) - 100) < 1e-9)
    #expect(abs(axis.position(10.0.squareRoot()) - 50) < 1e-9)
    #expect(axis.ticks == [1, 2, 5, 10])
    #expect(PlotAxis.logarithmic([0], from: 0, to: 1).position(0).isFinite, "no tokens at all")
  }

  @Test func anAxisOfShares() {
    let axis = PlotAxis.shares([0.43, 0.71], from: 100, to: 0)
    #expect(axis.ticks.map { Int(($0 * 100).rounded()) } == [40, 45, 50, 55, 60, 65, 70, 75])
    #expect(abs(axis.position(0.4) - 100) < 1e-9)
    #expect(abs(axis.position(0.75) - 0) < 1e-9)
    #expect(PlotAxis.shares([1, 1], from: 0, to: 1).range.upperBound == 1)
    #expect(PlotAxis.shares([0, 0], from: 0, to: 1).range.lowerBound == 0)
    #expect(PlotAxis.shares([0, 1], from: 0, to: 1).ticks.last == 1)
  }
}
