import Foundation

/// Where the files that come with etascope are: models, sample problems, themes.
package struct DataFolder {
  package let url: URL

  package var problems: URL { url.appending(path: "SampleData/Problems") }
  package var prompts: URL { url.appending(path: "SampleData/Prompts") }
  package var models: URL { url.appending(path: "SampleData/Models") }
  package var themes: URL { url.appending(path: "Themes") }

  /// `ETASCOPE_DATA`, else the nearest folder with `SampleData` at or above the program or the working folder, else
  /// `share/etascope` beside the program's folder.
  package static func locate(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> DataFolder {
    if let path = environment["ETASCOPE_DATA"] {
      guard isData(URL(filePath: path)) else {
        throw LabError.failed("ETASCOPE_DATA: \(path): expected a folder that holds SampleData and Themes")
      }
      return DataFolder(url: URL(filePath: path))
    }
    let program = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
    let executable = (Bundle.main.executableURL ?? program).resolvingSymlinksInPath()
    let share = executable.deletingLastPathComponent().deletingLastPathComponent().appending(path: "share/etascope")
    let places = above(executable) + [share] + above(URL(filePath: FileManager.default.currentDirectoryPath))
    guard let found = places.first(where: isData) else {
      throw LabError.failed(
        "the folders SampleData and Themes were not found near the program; set ETASCOPE_DATA to the folder that holds them"
      )
    }
    return DataFolder(url: found)
  }

  /// The folder for logs and the like: `$XDG_STATE_HOME/etascope`.
  package static func state(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> URL {
    let home = environment["XDG_STATE_HOME"] ?? ((environment["HOME"] ?? ".") + "/.local/state")
    return URL(filePath: home).appending(path: "etascope")
  }

  private static func above(_ url: URL) -> [URL] {
    var places: [URL] = []
    var at = url
    while at.path(percentEncoded: false) != "/" && places.count < 8 {
      places.append(at)
      at = at.deletingLastPathComponent()
    }
    return places
  }

  private static func isData(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.appending(path: "SampleData/Problems").path(percentEncoded: false))
      && FileManager.default.fileExists(atPath: url.appending(path: "Themes").path(percentEncoded: false))
  }
}
