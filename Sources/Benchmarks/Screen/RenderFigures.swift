import Foundation
import Workspace

/// What a person at the terminal waits for, and what the terminal gets.
package struct RenderFigures: Encodable {
  private let nodes: Int
  /// From exec to the first frame that shows the run's beginning: the middle one of five openings.
  private let firstFrame: Double
  /// The same of the very first opening, while the system's caches are full of what has just been written.
  private let firstFrameAfterWriting: Double
  /// From exec until the whole run is there and can go on.
  private let opened: Double
  /// From a key to the frame that shows what it did, while the search runs.
  private let keyToFrame: Percentiles
  /// The same by what the key does.
  private let keyToFrameByKey: [String: Percentiles]
  /// Programs that were busy all the while.
  private let neighbours: Int
  /// From Enter after a filter to the frame with its first match, while the search runs.
  private let filter: Percentiles
  /// Of frames that only the search caused.
  private let bytesPerUpdate: Percentiles
  private let framesPerSecond: Double
  /// In two seconds in which nothing happens.
  private let idleBytes: Int
  private let idleProcessorShare: Double
  private let peakBytesPerNode: Double

  private enum CodingKeys: String, CodingKey {
    case nodes
    case firstFrame = "first_frame_ms"
    case firstFrameAfterWriting = "first_frame_after_writing_ms"
    case opened = "opened_ms"
    case keyToFrame = "key_to_frame_ms"
    case keyToFrameByKey = "key_to_frame_ms_by_key"
    case neighbours
    case filter = "filter_ms"
    case bytesPerUpdate = "bytes_per_update"
    case framesPerSecond = "frames_per_second"
    case idleBytes = "idle_bytes"
    case idleProcessorShare = "idle_processor_share"
    case peakBytesPerNode = "peak_bytes_per_node"
  }

  /// Openings of which the first frame is measured.
  private static let openings = 5

  /// A key and what shows that it was obeyed.
  private struct Stroke: Sendable {
    let key: String
    let name: String
    let sign: @Sendable (WatchedExplorer) -> String
  }

  /// Down and up, a branch closed and opened, the last row and the first.
  private static let strokes: [Stroke] =
    ["j", "j", "j", "k"].map { Stroke(key: $0, name: $0, sign: selected) }
    + ["\r", "\r"].map { Stroke(key: $0, name: "Enter", sign: folding) }
    + ["G", "g"].map { Stroke(key: $0, name: $0, sign: selected) }
  /// Filters of which each has a match elsewhere than the others.
  private static let filters = ["depth=4 n>1", "depth=5 n>1", "depth=3 n>1"]

  /// Writes a run of so many nodes into a new workspace at `workspace`, opens it, lets its search go on, and types, beside so
  /// many busy programs.
  package init(nodes: Int, keys: Int, neighbours: Int = 0, workspace: String) throws {
    self.nodes = nodes
    self.neighbours = neighbours
    let run = try SyntheticJournal.write(nodes: nodes, depth: 24, to: Workspace(path: workspace))
    sync()  // a run that is opened was written long ago
    func open() throws -> (explorer: WatchedExplorer, firstFrame: Double) {
      var explorer = try WatchedExplorer(["--run", run], workspace: workspace)
      return (explorer, try explorer.firstFrame())
    }
    firstFrameAfterWriting = try open().firstFrame
    let others = try (1..<Self.openings).map { _ in try open().firstFrame }
    var (explorer, last) = try open()
    firstFrame = Percentiles(others + [last]).p50
    let whole = try explorer.wait(for: "the whole run") { Self.status($0.lines).contains(" idle") }
    opened = (whole - explorer.start) / .milliseconds(1)
    _ = explorer.type(" ")
    try explorer.wait(for: "that the search runs") { Self.status($0.lines).contains(" running") }

    let busy = try BusyNeighbours(neighbours)
    defer { busy.stop() }
    var (times, updates): ([(key: String, milliseconds: Double)], [WatchedExplorer.Update]) = ([], [])
    for number in 0..<keys {
      let stroke = Self.strokes[number % Self.strokes.count]
      times.append((stroke.name, try Self.time(stroke, in: &explorer)))
      _ = try explorer.frames(for: 0.01)  // what is left of the key's own frame
      updates += try explorer.frames(for: 0.1)
    }
    keyToFrame = Percentiles(times.map(\.milliseconds))
    keyToFrameByKey = Dictionary(grouping: times, by: \.key).mapValues { Percentiles($0.map(\.milliseconds)) }
    bytesPerUpdate = Percentiles(updates.map { Double($0.bytes) })
    framesPerSecond = Double(updates.count) / (0.1 * Double(keys))

    filter = Percentiles(
      try Self.filters.map { filter in
        _ = explorer.type("/\(filter)")
        try explorer.wait(for: "the filter") { $0.lines.contains { $0.contains(filter) } }
        return try Self.time(Stroke(key: "\r", name: "filter", sign: Self.selected), in: &explorer)
      })

    _ = explorer.type(" ")
    try explorer.wait(for: "that the search rests") { !Self.status($0.lines).contains(" running") }
    _ = try explorer.frames(for: 1)
    let before = explorer.usage
    idleBytes = try explorer.frames(for: 2).reduce(0) { $0 + $1.bytes }
    let after = explorer.usage
    idleProcessorShare = (after.seconds - before.seconds) / 2
    peakBytesPerNode = Double(after.peakBytes) / Double(nodes)
  }

  private static func time(_ stroke: Stroke, in explorer: inout WatchedExplorer) throws -> Double {
    let before = stroke.sign(explorer)
    let typed = explorer.type(stroke.key)
    let shown = try explorer.wait(for: "what \(stroke.key.debugDescription) does") { stroke.sign($0) != before }
    return (shown - typed) / .milliseconds(1)
  }

  /// The status line.
  private static func status(_ lines: [String]) -> String { lines.dropLast().last ?? "" }

  /// Which node is selected: the title of the node panel.
  @Sendable private static func selected(_ explorer: WatchedExplorer) -> String {
    explorer.lines.lazy.compactMap { line in line.range(of: "─ Node ").map { String(line[$0.upperBound...]) } }.first
      ?? ""
  }

  /// Whether the selected row is open or closed. The search changes other rows meanwhile, which is no answer to a key.
  @Sendable private static func folding(_ explorer: WatchedExplorer) -> String {
    explorer.screen.lone("▾▸") ?? ""
  }

  /// The figures as sentences.
  package var lines: [String] {
    func milliseconds(_ figures: Percentiles) -> String {
      "\(Self.number(figures.p50)) ms (p50), \(Self.number(figures.p99)) ms (p99)"
    }
    return [
      "first frame after \(Self.number(firstFrame)) ms (\(Self.number(firstFrameAfterWriting)) ms right after the run was "
        + "written), the whole run after \(Self.number(opened / 1000)) s",
      "key to frame: \(milliseconds(keyToFrame))"
        + (neighbours == 0 ? "" : ", beside \(neighbours) busy programs"),
      "by key: "
        + keyToFrameByKey.sorted { $0.key < $1.key }.map {
          "\($0.key) \(Self.number($0.value.p50))/\(Self.number($0.value.p99))"
        }.joined(separator: ", "),
      "filter to its first match: \(milliseconds(filter))",
      "a search's update: \(Int(bytesPerUpdate.p50)) bytes (p50), \(Int(bytesPerUpdate.p99)) bytes (p99), "
        + "\(Self.number(framesPerSecond)) frames a second",
      "at rest: \(idleBytes) bytes, \(Self.number(100 * idleProcessorShare)) % of a processor",
      "\(Int(peakBytesPerNode)) bytes a node at the peak",
    ]
  }

  private static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
