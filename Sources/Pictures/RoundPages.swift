import Foundation
import Lab
import Workspace

/// A report of rounds as a folder of files: the page, and a picture beside it.
package enum RoundPages {
  /// Files by name: `README.md`, and `accuracy.svg` where policies were measured. The same report gives the same bytes.
  package static func files(_ report: RoundReport) -> [String: String] {
    var page = report.markdown
    var files: [String: String] = [:]
    if let plot = AccuracyPlot(report) {
      files["accuracy.svg"] = plot.svg()
      page += "\n![Accuracy by round](accuracy.svg)\n"
    }
    files["README.md"] = page
    return files
  }

  /// Writes them into `folder`, which is made; files of other names there are left alone. Throws `LabError` and `WorkspaceError`.
  package static func write(_ report: RoundReport, to folder: String) throws {
    let url = URL(filePath: folder)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw LabError(
        kind: .failed, description: "\(folder): the report cannot be written: \(error.localizedDescription)")
    }
    for (name, text) in files(report) {
      try OutputFile.write(Data(text.utf8), to: url.appending(path: name).path(percentEncoded: false))
    }
  }
}
