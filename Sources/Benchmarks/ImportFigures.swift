import Foundation
import Vocabulary
import Workspace

/// How fast a file of another program's trees becomes runs in a workspace on disk.
package struct ImportFigures: Encodable {
  private let trees: Int
  private let nodes: Int
  private let megabytes: Double
  private let seconds: Double
  private let processorSeconds: Double
  private let megabytesPerSecond: Double
  private let floorMegabytesPerSecond: Double
  private let timesTheFloor: Double
  private let peakMegabytes: Double
  private let bytesPerNode: Double

  private enum CodingKeys: String, CodingKey {
    case trees, nodes, megabytes, seconds
    case processorSeconds = "processor_seconds"
    case megabytesPerSecond = "mb_per_second"
    case floorMegabytesPerSecond = "floor_mb_per_second"
    case timesTheFloor = "times_the_floor"
    case peakMegabytes = "peak_mb"
    case bytesPerNode = "bytes_per_node"
  }

  /// Writes so many trees of `nodes` nodes each into `folder` as JSON Lines, and imports them into a new workspace there.
  package init(trees: Int, nodes: Int, in folder: URL) throws {
    let (file, path) = (folder.appending(path: "trees.jsonl"), folder.appending(path: "workspace.sqlite"))
    let bytes = try Self.write(trees: trees, nodes: nodes, to: file)
    let name = file.path(percentEncoded: false)
    let clock = ContinuousClock()
    let floor = try clock.measure { try TreeImport.readAlone(name) } / .seconds(1)
    let (workspace, before) = (path.path(percentEncoded: false), ProcessorTime.seconds)
    // It is closed within: what its log held is in the file then.
    seconds =
      try clock.measure {
        let reports = try TreeImport(from: [name], version: "benchmark").write(into: Workspace(path: workspace))
        guard reports.first?.newRuns == trees, reports.first?.nodes == trees * (nodes - 1) else {
          throw BenchmarkError("\(name): trees are missing")
        }
      } / .seconds(1)
    processorSeconds = ProcessorTime.seconds - before
    (self.trees, self.nodes) = (trees, trees * (nodes - 1))
    megabytes = Double(bytes) / 1e6
    megabytesPerSecond = megabytes / seconds
    floorMegabytesPerSecond = megabytes / floor
    timesTheFloor = seconds / floor
    peakMegabytes = Double(ProcessMemory.peak) / 1e6
    let stored = try FileManager.default.attributesOfItem(atPath: workspace)[.size] as? Int ?? 0
    bytesPerNode = Double(stored) / Double(self.nodes)
  }

  /// The figures in words.
  package var line: String {
    String(
      format:
        "%d trees with %d nodes in %.1f MB of JSON Lines: %.1f MB a second, %.1f times as long as reading the JSON alone; "
        + "%.2f s of processors in %.2f s, at most %.0f MB of memory, %.0f bytes a node on disk",
      trees, nodes, megabytes, megabytesPerSecond, timesTheFloor, processorSeconds, seconds, peakMegabytes, bytesPerNode
    )
  }

  // MARK: - The file

  private static let words = [
    "so", "we", "add", "the", "two", "numbers", "and", "then", "divide", "by", "three", "to", "find", "how", "many",
    "apples", "are", "left", "in", "each", "basket",
  ]

  /// Writes trees as nested objects, each a line, and returns how many bytes they take. The same numbers make the same file.
  private static func write(trees: Int, nodes: Int, to file: URL) throws -> Int {
    guard FileManager.default.createFile(atPath: file.path(percentEncoded: false), contents: nil) else {
      throw BenchmarkError("\(file.path(percentEncoded: false)): it cannot be made")
    }
    let handle = try FileHandle(forWritingTo: file)
    var (random, bytes, text) = (SplitMix(seed: 7), 0, "")
    for tree in 0..<trees {
      text +=
        #"{"id": "p-\#(tree)", "question": "Question \#(tree): how many apples?", "answer": "\#(tree % 99)", "root": "#
      text += Self.tree(of: nodes, &random) + "}\n"
      guard text.utf8.count > 1 << 20 || tree == trees - 1 else { continue }
      try handle.write(contentsOf: Data(text.utf8))
      bytes += text.utf8.count
      text = ""
    }
    try handle.close()
    return bytes
  }

  /// A tree in which a node hangs below one of the dozen before it.
  private static func tree(of count: Int, _ random: inout SplitMix) -> String {
    var (children, visits) = (Array(repeating: [Int](), count: count), Array(repeating: 1, count: count))
    let parents = (0..<count).map { $0 == 0 ? 0 : Int.random(in: max(0, $0 - 12)..<$0, using: &random) }
    for node in stride(from: count - 1, to: 0, by: -1) {
      visits[parents[node]] += visits[node]
      children[parents[node]].append(node)
    }
    var texts = Array(repeating: "", count: count)
    // Children come after their parents: from the last on, those of a node are written before it.
    for node in stride(from: count - 1, through: 0, by: -1) {
      let text = (0..<12).map { _ in words[Int.random(in: words.indices, using: &random)] }.joined(separator: " ")
      let value = Double(Int.random(in: 0...9999, using: &random)) / 10_000
      let prior = Double(Int.random(in: 0...999, using: &random)) / 1000
      texts[node] =
        #"{"text": "\#(text)", "visits": \#(visits[node]), "value": \#(value), "prior": \#(prior), "children": ["#
        + children[node].reversed().map { texts[$0] }.joined(separator: ", ") + "]}"
      for child in children[node] { texts[child] = "" }
    }
    return texts[0]
  }
}
