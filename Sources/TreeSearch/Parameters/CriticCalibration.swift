import Foundation
import Vocabulary

/// What a critic's scores come to where people's labels have shown how often they come true: a map of [0, 1] into itself that never
/// falls.
public enum CriticCalibration: Equatable, Sendable {
  /// σ(slope · logit(score) + intercept) (Platt, 1999, of the score's logit); slope ≥ 0.
  case platt(slope: Double, intercept: Double)
  /// Through these points, straight between them and level beyond (Zadrozny and Elkan, 2002); scores ascend, values do not fall.
  case isotonic([Point])

  /// A score and what it comes to.
  public struct Point: Equatable, Sendable {
    /// The critic's score in [0, 1].
    public let score: Double
    /// What it comes to, in [0, 1].
    public let value: Double

    /// A point with its fields as given.
    public init(score: Double, value: Double) { (self.score, self.value) = (score, value) }
  }

  /// The log-odds of a score; those of 0 and 1 are the ones a ten-thousandth further in.
  public static func logit(_ score: Double) -> Double {
    let score = min(max(score, 1e-4), 1 - 1e-4)
    return log(score / (1 - score))
  }

  /// What `score` comes to, in [0, 1]. Complexity: O(log points).
  public func value(_ score: Double) -> Double {
    switch self {
    case .platt(let slope, let intercept): return 1 / (1 + exp(-(slope * Self.logit(score) + intercept)))
    case .isotonic(let points):
      let next = points.bound { $0.score <= score }
      guard next > 0 else { return points.first?.value ?? score }
      guard next < points.count else { return points[next - 1].value }
      let (before, after) = (points[next - 1], points[next])
      let share = (score - before.score) / (after.score - before.score)
      return before.value + share * (after.value - before.value)
    }
  }

  /// `platt` or `isotonic`.
  public var kind: String {
    switch self {
    case .platt: "platt"
    case .isotonic: "isotonic"
    }
  }
}

/// The calibrations of a run's critics, as its parameter `critics.calibration` writes them: `none`, or
/// `prm:platt:1.2:-0.4,value:isotonic:0.1:0.3:0.8:0.7`, where an isotonic one lists scores and values in turn.
public struct CriticCalibrations: Equatable, Sendable, CustomStringConvertible {
  /// By the critics' names, in order of writing.
  public let all: [(critic: String, calibration: CriticCalibration)]

  /// Calibrations with their critics; each critic once.
  public init(_ all: [(critic: String, calibration: CriticCalibration)]) { self.all = all }

  /// Reads the parameter's text; nil where it is none.
  public init?(_ text: String) {
    var all: [(critic: String, calibration: CriticCalibration)] = []
    for item in text == "none" ? [] : text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: ":", omittingEmptySubsequences: false)
      let numbers = parts.dropFirst(2).compactMap { Double($0) }
      guard parts.count > 2, !parts[0].isEmpty, numbers.count == parts.count - 2, numbers.allSatisfy(\.isFinite),
        !all.contains(where: { $0.critic == parts[0] }), let calibration = Self.read(parts[1], numbers)
      else { return nil }
      all.append((String(parts[0]), calibration))
    }
    self.all = all
  }

  private static func read(_ kind: Substring, _ numbers: [Double]) -> CriticCalibration? {
    switch kind {
    case "platt":
      guard numbers.count == 2, numbers[0] >= 0 else { return nil }
      return .platt(slope: numbers[0], intercept: numbers[1])
    case "isotonic":
      guard numbers.count >= 2, numbers.count % 2 == 0, numbers.allSatisfy({ (0...1).contains($0) }) else { return nil }
      let points = stride(from: 0, to: numbers.count, by: 2).map {
        CriticCalibration.Point(score: numbers[$0], value: numbers[$0 + 1])
      }
      let rises = zip(points, points.dropFirst()).allSatisfy { $0.score < $1.score && $0.value <= $1.value }
      return rises ? .isotonic(points) : nil
    default: return nil
    }
  }

  /// The calibration of a critic; nil where its scores count as they are.
  public subscript(critic: String) -> CriticCalibration? { all.first { $0.critic == critic }?.calibration }

  /// Why they make no sense in a run of `critics`, in words for a person; nil where they do.
  package func objection(to critics: [CriticWeight]) -> String? {
    guard let stranger = all.first(where: { one in !critics.contains { $0.name == one.critic } }) else { return nil }
    let known = critics.map(\.name).joined(separator: ", ")
    return "\(SearchParameters.calibration.id): the run has no critic '\(stranger.critic)'; it has \(known)"
  }

  /// As the parameter is written.
  public var description: String {
    if all.isEmpty { return "none" }
    return all.map { critic, calibration in
      let numbers =
        switch calibration {
        case .platt(let slope, let intercept): [slope, intercept]
        case .isotonic(let points): points.flatMap { [$0.score, $0.value] }
        }
      return ([critic, calibration.kind] + numbers.map { "\($0)" }).joined(separator: ":")
    }.joined(separator: ",")
  }

  /// Equal where both say the same in the same order.
  public static func == (a: CriticCalibrations, b: CriticCalibrations) -> Bool {
    a.all.elementsEqual(b.all) { $0.critic == $1.critic && $0.calibration == $1.calibration }
  }
}

extension SearchParameters {
  /// `critics.calibration`.
  public static let calibration = ParameterKey<String>(
    "critics.calibration", calibrationBytes: 16_384, default: "none",
    help:
      "How critics' scores are recalibrated before they count, fitted from people's labels by dataset critics --calibrate: "
      + "NAME:platt:SLOPE:INTERCEPT or NAME:isotonic:SCORE:VALUE:…, several separated by commas.",
    citation: "Platt, 1999; Zadrozny & Elkan, 2002")

  /// The calibrations in force.
  public var calibrations: CriticCalibrations { CriticCalibrations(self[Self.calibration]) ?? CriticCalibrations([]) }
}
