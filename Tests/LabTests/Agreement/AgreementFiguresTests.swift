import Testing
import Vocabulary
import Workspace

@testable import Lab

/// Figures of agreement against the examples of the literature, and against what can be worked out on paper.
struct AgreementFiguresTests {
  /// Two people's table: both first, first alone, second alone, neither; a unit a problem.
  private func two(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> RatingTable {
    let pairs = [(a, 1, 1), (b, 1, 0), (c, 0, 1), (d, 0, 0)].flatMap { count, first, second in
      Array(repeating: (first, second), count: count)
    }
    return RatingTable(
      scale: RatingScale(names: ["no", "yes"], numbers: [0, 1]), people: ["ana", "bo"],
      units: pairs.enumerated().map { index, pair in
        .init(problem: index, ratings: [.init(person: 0, value: pair.0), .init(person: 1, value: pair.1)])
      })
  }

  private func figures(_ table: RatingTable) throws -> AgreementFigures {
    try #require(AgreementEstimate(table, draws: 0).figures)
  }

  private func isNear(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    a.map { abs($0 - b) < tolerance } ?? false
  }

  /// p_o = .7; rows .5/.5, columns .6/.4, so p_e = .5; π = .55, so AC1's chance is 2·.55·.45 = .495.
  @Test func anEvenTable() throws {
    let figures = try figures(two(20, 5, 10, 15))
    #expect(isNear(figures.raw, 0.7))
    #expect(isNear(figures.kappa?.value, 0.4))
    #expect(isNear(figures.kappaError, 0.129_614_813_968_157, 1e-12))
    #expect(isNear(figures.ac1.value, (0.7 - 0.495) / (1 - 0.495)))
    #expect(isNear(figures.pabak.value, 0.4))
    #expect(isNear(figures.specific[1], 40 / 55))
    #expect(isNear(figures.specific[0], 30 / 45))
    // Squared distances of two values are 0 and 1: the weighted κ is the plain one.
    #expect(isNear(figures.weightedKappa?.value, 0.4))
  }

  /// The paradox: people agree in 118 of 125, and κ is below zero.
  @Test func aSkewedTable() throws {
    let estimate = AgreementEstimate(two(118, 5, 2, 0), draws: 0)
    let figures = try #require(estimate.figures)
    #expect(isNear(figures.raw, 0.944))
    #expect(isNear(figures.kappa?.value, -0.0234, 5e-5))
    // π = 243/250 and 7/250.
    #expect(isNear(figures.ac1.value, (0.944 - 0.054432) / (1 - 0.054432)))
    #expect(figures.specific[0] == 0)
    #expect(estimate.skew?.value == 1)
    #expect(isNear(estimate.skew?.share, 243 / 250))
    #expect(AgreementEstimate(two(20, 5, 10, 15), draws: 0).skew == nil)
  }

  /// Krippendorff's four coders and twelve units, with labels missing (2011, table C).
  @Test func theExampleOfKrippendorff() throws {
    let coders = ["123321412***", "1233224125*3", "*3332342251*", "12332441251*"].map(Array.init)
    let units = (0..<12).map { unit in
      RatingTable.Unit(
        problem: unit,
        ratings: coders.indices.compactMap { coder in
          coders[coder][unit].wholeNumberValue.map { .init(person: coder, value: $0 - 1) }
        })
    }
    let scale = RatingScale(names: (1...5).map(String.init), numbers: [1, 2, 3, 4, 5])
    let table = RatingTable(scale: scale, people: ["A", "B", "C", "D"], units: units)
    let figures = try figures(table)
    #expect(isNear(figures.alpha.nominal.value, 0.743, 5e-4))
    #expect(isNear(figures.alpha.ordinal?.value, 0.815, 5e-4))
    #expect(isNear(figures.alpha.interval?.value, 0.849, 5e-4))
    // κ is of two people.
    #expect(figures.kappa == nil && figures.kappaError == nil)
    // The last unit was seen by one alone.
    #expect(AgreementEstimate(table, draws: 0).doublyLabelled == 11)
    #expect(AgreementEstimate(table, draws: 0).units == 12)
  }

  /// Three people say good, good, bad: a third of the pairs agree, and half of the times that one says good another does.
  @Test func threePeopleOfOneThing() throws {
    let unit = RatingTable.Unit(problem: 0, ratings: [2, 2, 0].enumerated().map { .init(person: $0, value: $1) })
    let figures = try figures(RatingTable(scale: .step, people: ["a", "b", "c"], units: [unit]))
    #expect(isNear(figures.raw, 1 / 3))
    #expect(isNear(figures.specific[2], 0.5))
    #expect(figures.specific[0] == 0)
    #expect(figures.specific[1] == nil)
    // o_gb = 2·2/2 of n = 3 labels: D_o = 4/2/3 = 2/3, D_e = 2·2·1/(3·2) = 2/3.
    #expect(isNear(figures.alpha.nominal.value, 0))
  }

  @Test func whereAllIsEqualNothingIsDefined() throws {
    let estimate = AgreementEstimate(two(30, 0, 0, 0))
    let figures = try #require(estimate.figures)
    #expect(figures.raw == 1)
    #expect(figures.alpha.nominal == .allEqual)
    #expect(figures.kappa == .allEqual && figures.weightedKappa == .allEqual)
    #expect(figures.ac1 == .allEqual && figures.pabak == .allEqual)
    #expect(figures.kappaError == nil)
    #expect(figures.allEqual.count == 7)
    #expect(estimate.intervals["alphaNominal"] == nil)
    #expect(estimate.intervals["raw"] == 1...1)
  }

  @Test func twoOfThreeAreAPair() throws {
    let unit = RatingTable.Unit(problem: 0, ratings: [2, 2, 0].enumerated().map { .init(person: $0, value: $1) })
    let table = RatingTable(
      scale: .step, people: ["a", "b", "c"], units: [unit, .init(problem: 1, ratings: [.init(person: 2, value: 2)])])
    let pair = AgreementEstimate(table, pair: (0, 2), draws: 0)
    #expect(pair.doublyLabelled == 1)
    #expect(pair.figures?.raw == 0)
    #expect(pair.units == 2)
    #expect(AgreementEstimate(table, pair: (0, 1), draws: 0).figures?.raw == 1)
  }

  /// Twenty problems of which five hold one step in dispute: the share of problems drawn that do is binomial.
  @Test func problemsAreDrawnAndNotSteps() throws {
    func table(steps: Int) -> RatingTable {
      let units = (0..<20).flatMap { problem in
        (0..<steps).map { _ in
          RatingTable.Unit(
            problem: problem,
            ratings: [.init(person: 0, value: 2), .init(person: 1, value: problem < 5 ? 0 : 2)])
        }
      }
      return RatingTable(scale: .step, people: ["a", "b"], units: units)
    }
    let (one, many) = (AgreementEstimate(table(steps: 1)), AgreementEstimate(table(steps: 50)))
    #expect(many.doublyLabelled == 1000 && many.problems == 20)
    // Fifty steps of a problem that go alike say no more than one.
    #expect(one.intervals["raw"] == many.intervals["raw"])
    let interval = try #require(many.intervals["raw"])
    // Binomial(20, ¾)/20 has 2.5 and 97.5 percentiles of .55 and .90 or .95.
    #expect(abs(interval.lowerBound - 0.55) < 0.051, "\(interval)")
    #expect(abs(interval.upperBound - 0.92) < 0.051, "\(interval)")
    #expect(AgreementEstimate(table(steps: 1)).intervals["raw"] == one.intervals["raw"])
  }

  @Test func fewUnitsAreTooFew() {
    #expect(AgreementEstimate(two(10, 3, 3, 3), draws: 0).isTooFew)
    #expect(!AgreementEstimate(two(10, 3, 3, 4), draws: 0).isTooFew)
  }
}
