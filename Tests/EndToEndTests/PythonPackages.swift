import Foundation

/// Python packages that only tests need, as `.ci/install tests` puts them beside the build.
enum PythonPackages {
  private static let folder = Program.repository.appending(path: ".build/python")
  /// The interpreter that has them.
  static let interpreter = folder.appending(path: "bin/python3").path(percentEncoded: false)
  /// The `PATH` of programs that call `python3`.
  static let path =
    folder.appending(path: "bin").path(percentEncoded: false) + ":"
    + (ProcessInfo.processInfo.environment["PATH"] ?? "")

  /// A script of the tests.
  static func script(_ name: String) -> String {
    Program.repository.appending(path: "Tests/EndToEndTests/Python/\(name)").path(percentEncoded: false)
  }

  /// True where every one of `packages` is installed.
  static func has(_ packages: String...) -> Bool {
    let versions =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "lib").path(percentEncoded: false)))
      ?? []
    return packages.allSatisfy { package in
      versions.contains {
        FileManager.default.fileExists(
          atPath: "\(folder.path(percentEncoded: false))/lib/\($0)/site-packages/\(package)")
      }
    }
  }
}
