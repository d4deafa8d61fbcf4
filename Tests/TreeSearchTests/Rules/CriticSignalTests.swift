import Testing

@testable import TreeSearch

/// Critics that hardly tell right from wrong cap the width.
struct CriticSignalTests {
  private func bounds(_ signal: String) throws -> DepthBounds {
    var parameters = SearchParameters()
    try parameters.set("width.signal", to: signal)
    return DepthBounds(parameters)
  }

  /// exp(1) = 2.7, exp(1.5²) = 9.5, exp(2²) = 54.6.
  @Test func theCapIsTheExponentialOfTheSquare() throws {
    #expect(try bounds("0").root == 10...60 && bounds("0").below == 2...10)
    #expect(try bounds("1").root == 2...2 && bounds("1").below == 2...2)
    #expect(try bounds("1.5").root == 9...9 && bounds("1.5").below == 2...9)
    #expect(try bounds("2").root == 10...54 && bounds("2").below == 2...10)
    #expect(try bounds("0.1").root == 1...1)
  }
}
