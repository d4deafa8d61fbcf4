import Foundation
import TreeSearch
import Vocabulary
import Workspace

/// The file that `dataset critics --calibrate` writes and `--calibration` reads: the parameter, and what it was made of.
package struct CalibrationFile: Codable, Sendable {
  /// How far the critic was off.
  package struct Fault: Codable, Sendable, Equatable {
    package var ece: Double
    package var eceByChance: Double
    package var brier: Double

    init(_ curve: ReliabilityCurve) { (ece, eceByChance, brier) = (curve.error, curve.chance.mean, curve.brier) }
  }

  /// The critic's name.
  package var critic: String
  /// `platt` or `isotonic`.
  package var kind: String
  /// What `critics.calibration` is set to.
  package var parameter: String
  /// People's labels that were fitted, and how many of them say good.
  package var labels: Int
  package var good: Int
  package var problems: Int
  package var before: Fault
  /// On problems that took no part in the fit.
  package var after: Fault?
  /// The last entry of the log of labels that took part: with it the same labels are found again.
  package var lastLabel: String?

  package init(_ fit: CalibrationFit, lastLabel: String?) {
    (critic, kind, parameter) = (fit.critic, fit.kind.rawValue, fit.parameter)
    (labels, good, problems) = (fit.labels, fit.good, fit.problems)
    (before, after) = (Fault(fit.before), fit.after.map(Fault.init))
    self.lastLabel = lastLabel
  }

  /// Writes the file. Throws `WorkspaceError`.
  package func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try OutputFile.write(try encoder.encode(self) + [0x0A], to: path)
  }

  /// The value of `critics.calibration` that these files say together. Throws `LabError` for one that is none, and where two of them
  /// speak of the same critic.
  package static func parameter(of paths: [String]) throws -> String {
    var all: [(critic: String, calibration: CriticCalibration)] = []
    for path in paths {
      let place = path.printable
      let bytes = try LabFile.read(path)
      let file: Said
      do {
        file = try JSONDecoder().decode(Said.self, from: Data(bytes))
      } catch {
        throw LabError.settings("\(place): parameter: expected the file that dataset critics --calibrate writes")
      }
      guard let calibrations = CriticCalibrations(file.parameter), !calibrations.all.isEmpty else {
        let range = SearchParameters.calibration.parameter.range
        throw LabError.settings(
          "\(place): parameter: expected \(range), found '\(String(file.parameter.prefix(80)).printable)'")
      }
      for one in calibrations.all {
        if all.contains(where: { $0.critic == one.critic }) {
          throw LabError.settings("\(place): another file calibrates '\(one.critic.printable)' already")
        }
        all.append(one)
      }
    }
    return CriticCalibrations(all).description
  }

  /// What of a file is read.
  private struct Said: Decodable {
    let parameter: String
  }
}

extension SearchParameters {
  /// One line for people where critics are recalibrated, and nil where none is: that is never passed over in silence.
  package var calibrationWords: String? {
    let all = calibrations.all
    guard !all.isEmpty else { return nil }
    return "recalibrated from people's labels: "
      + all.map { "\($0.critic.printable) (\($0.calibration.kind))" }.joined(separator: ", ")
  }
}
