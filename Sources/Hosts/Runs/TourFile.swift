import Explorer
import Foundation
import Lab
import TreeInsight
import TreeSearch
import Vocabulary

/// Tours as files.
package enum TourFile {
  /// The tour in a file, or (nil) the one that comes with etascope. Throws `LabError` with file and line.
  package static func read(_ path: String?) throws -> Tour {
    let path =
      try path
      ?? DataFolder.locate().url.appending(path: "SampleData/Tours/ten-minutes.txt").path(percentEncoded: false)
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
}

extension RunSetup {
  /// The header of a tour's run: its problem, seed and parameters, the present models and critics.
  func header(of tour: Tour) throws -> RunHeader {
    var parameters = SearchParameters()
    for (id, value) in tour.settings.parameters { try parameters.set(id, to: value.description) }
    return header(tour.problem, seed: tour.seed, parameters: parameters, critics: critics)
  }
}
