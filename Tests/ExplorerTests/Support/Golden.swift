import Canvas
import Foundation
import Testing

/// Screens kept as text files. They are recorded anew only where ETASCOPE_RECORD is 1; CI never sets it.
enum Golden {
  /// Compares a screen with the golden of that name.
  static func check(_ lines: [String], _ name: String, file: String = #filePath, _ location: SourceLocation) throws {
    let text = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["ETASCOPE_RECORD"] == "1" {
      let folder = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
      try text.write(to: folder.appending(path: "Goldens/\(name).txt"), atomically: true, encoding: .utf8)
      return
    }
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Goldens"),
      "there is no golden \(name); record it with ETASCOPE_RECORD=1", sourceLocation: location)
    let golden = try String(contentsOf: url, encoding: .utf8)
    let (a, b) = (
      golden.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    if let row = (0..<max(a.count, b.count)).first(where: { $0 >= a.count || $0 >= b.count || a[$0] != b[$0] }) {
      Issue.record(
        "\(name), row \(row): expected '\(row < a.count ? a[row] : "")', found '\(row < b.count ? b[row] : "")'",
        sourceLocation: location)
    }
  }
}
