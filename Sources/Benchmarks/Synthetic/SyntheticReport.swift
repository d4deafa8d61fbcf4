import Foundation

/// What the engine costs on the synthetic task, beside the same search with nothing around it.
package struct SyntheticReport: Encodable {
  private let engine: SyntheticFigures
  private let floor: SyntheticFigures?

  /// Searches; and builds and runs the bare loop in `folder` where one is given and a C++ compiler is in PATH.
  package init(simulations: Int, depth: Int, floorIn folder: URL?) throws {
    // First, so that its process is started by a small one.
    floor = try folder.flatMap { try Floor.measure(simulations: simulations, depth: depth, in: $0) }
    engine = try .measure(simulations: simulations, depth: depth)
  }

  private enum Field: String, CodingKey {
    case floor
    case ratioSeconds = "ratio_seconds"
    case ratioBytes = "ratio_bytes"
  }

  private var ratioSeconds: Double? { floor.map { engine.seconds / $0.seconds } }
  /// Nil where the floor's few nodes took no page of their own.
  private var ratioBytes: Double? {
    floor.flatMap { $0.peakBytesPerNode > 0 ? engine.peakBytesPerNode / $0.peakBytesPerNode : nil }
  }

  package func encode(to encoder: any Encoder) throws {
    try engine.encode(to: encoder)
    var c = encoder.container(keyedBy: Field.self)
    try c.encode(floor, forKey: .floor)
    try c.encode(ratioSeconds, forKey: .ratioSeconds)
    try c.encode(ratioBytes, forKey: .ratioBytes)
  }

  /// The figures in words.
  package var lines: [String] {
    guard let floor else { return [line("engine", engine), "floor   not measured: no C++ compiler in PATH"] }
    let bytes = ratioBytes.map { String(format: ", %.2f × the bytes", $0) } ?? ""
    return [
      line("engine", engine), line("floor", floor),
      String(format: "ratio   %.2f × the time", ratioSeconds ?? 0) + bytes,
    ]
  }

  private func line(_ name: String, _ figures: SyntheticFigures) -> String {
    name.padding(toLength: 8, withPad: " ", startingAt: 0)
      + String(
        format: "%d simulations, %.0f ns each, %d nodes, depth %d, root Q %.9f, %.1f bytes a node", figures.simulations,
        figures.seconds / Double(figures.simulations) * 1e9, figures.nodes, figures.deepest, figures.rootQ,
        figures.peakBytesPerNode)
  }
}
