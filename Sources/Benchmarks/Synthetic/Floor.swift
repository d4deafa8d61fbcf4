import Foundation

/// The synthetic task as a bare loop in C++ (`floor.cpp`, which the program carries in itself), built and run beside the
/// engine.
enum Floor {
  /// Builds it in `folder` and runs it; nil where no C++ compiler is in PATH. Throws ``BenchmarkError`` where it does not
  /// build or run.
  static func measure(simulations: Int, depth: Int, in folder: URL) throws -> SyntheticFigures? {
    guard let compiler = compiler() else { return nil }
    let (source, program) = (folder.appending(path: "floor.cpp"), folder.appending(path: "floor"))
    try Data(PackageResources.floor_cpp).write(to: source)
    _ = try output(
      of: compiler,
      [
        "-O3", "-march=native", "-std=c++17", "-o", program.path(percentEncoded: false),
        source.path(percentEncoded: false),
      ])
    let printed = try output(of: program, ["\(simulations)", "\(depth)", "\(SyntheticFigures.rounds(simulations))"])
    return try JSONDecoder().decode(SyntheticFigures.self, from: printed)
  }

  private static func compiler() -> URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let places = ["c++", "g++", "clang++"].flatMap { name in
      folders.map { URL(filePath: String($0)).appending(path: name) }
    }
    return places.first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) }
  }

  /// What `program` writes to standard output. Throws ``BenchmarkError`` where it fails.
  static func output(of program: URL, _ arguments: [String]) throws -> Data {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchmarkError("\(program.lastPathComponent) ended with exit code \(process.terminationStatus)")
    }
    return data
  }
}
