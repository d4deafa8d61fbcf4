import Explorer
import Foundation
import Lab
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// Tours as files.
package enum TourFile {
  /// The tours that come with etascope: one on a problem of its own, one for any problem.
  static let (standard, ofAnyProblem) = ("tour:ten-minutes", "tour:any-problem")

  /// The tour in a file, or one of those that come with etascope. Throws `LabError` with file and line.
  package static func read(_ name: String) throws -> Tour {
    let path = [standard, ofAnyProblem].contains(name) ? try own(name) : name
    let bytes: [UInt8]
    do {
      bytes = try InputFile.bytes(at: path, limit: 1 << 20, .stream)
    } catch {
      throw LabError.failed("\(path): expected a tour's text of less than a megabyte: \(error)")
    }
    do {
      return try Tour(String(decoding: bytes, as: UTF8.self), file: path)
    } catch {
      throw LabError.failed("\(error)")
    }
  }

  /// Where a tour lies that comes with etascope.
  private static func own(_ name: String) throws -> String {
    try DataFolder.locate().url.appending(path: "SampleData/Tours/\(name.dropFirst("tour:".count)).txt")
      .path(percentEncoded: false)
  }
}

extension RunSetup {
  /// The header of a tour's run on a problem: its seed and parameters, the present models and critics.
  func header(of tour: Tour, on problem: Problem) throws -> RunHeader {
    var parameters = SearchParameters()
    for (id, value) in tour.settings.parameters { try parameters.set(id, to: value.description) }
    return header(problem, seed: tour.seed, parameters: parameters)
  }
}

extension LiveRuns {
  /// Begins the run of a tour and opens both.
  ///
  /// - Parameter problem: What is searched where the tour has no problem of its own.
  func startTour(_ file: String, on problem: Problem? = nil) async {
    var begun: (tour: Tour, record: RunRecord)?
    await attempt {
      guard let workspace = setup.workspace else { return }
      let tour = try TourFile.read(file)
      try await setup.models.connect(for: setup.parameters)
      guard let problem = tour.problem ?? problem else {
        throw LabError.failed("\(file): question: expected here, since there is no problem to be explained")
      }
      begun = (tour, try workspace.createRun(try setup.header(of: tour, on: problem)))
    }
    guard let begun else { return }
    await open(begun.record)
    send(.tour(begun.tour))
  }
}
