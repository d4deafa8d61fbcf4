import TOMLKit
import Vocabulary

/// Files that say how a laboratory works: configuration, prompts, calibrations. A person wrote them, or another program.
enum LabFile {
  /// What the file at `path` holds, at most 1 MB.
  ///
  /// - Parameter missing: what is said where there is none.
  /// - Throws: `LabError` that names the file.
  static func read(_ path: String, missing: String = "cannot be read") throws -> [UInt8] {
    do {
      return try InputFile.bytes(at: path, limit: TOMLBounds.longest, .stream)
    } catch {
      throw LabError.settings("\(path.printable): \(error.isMissing ? missing : error.description)")
    }
  }

  /// The table that TOML text makes.
  ///
  /// - Throws: `LabError` that names file and line.
  static func table(_ bytes: [UInt8], name: String) throws -> TOMLTable {
    do {
      return try TOMLTable(string: TOMLBounds.text(bytes))
    } catch let error as TOMLBounds.Failure {
      throw LabError.settings("\(name):\(error.line): \(error.words)")
    } catch let error as TOMLParseError {
      throw LabError.settings("\(name):\(error.source.begin.line): \(error.description)")
    }
  }
}
