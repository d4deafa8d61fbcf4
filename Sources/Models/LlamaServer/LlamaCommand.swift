import Foundation
import Vocabulary

/// How `llama-server` is called for a model.
public struct LlamaCommand: Sendable, Equatable {
  /// The program, by path.
  public let program: String
  /// What stands behind it, before the options that etascope adds.
  let arguments: [String]
  /// The variables it is given.
  let environment: [String: String]
  /// The key that the command names; nil where it names none.
  let key: String?
  /// Which variable tells the server its key.
  static let keyVariable = "LLAMA_API_KEY"

  /// The command that `text` says, words divided by spaces; nil for `llama-server`.
  ///
  /// Throws ``ModelError`` where there is no such program.
  public init(_ text: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    let words = (text ?? "llama-server").split(separator: " ").map(String.init)
    guard let name = words.first, let found = Self.find(name, environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
    else {
      let wanted = words.first ?? ""
      throw ModelError(
        wanted.isEmpty ? "--llama-server" : wanted,
        "no such program in PATH; install llama.cpp (github.com/ggml-org/llama.cpp, or your system's package), "
          + "or name its server by --llama-server COMMAND")
    }
    program = found
    arguments = Array(words.dropFirst())
    // Our own settings are nobody else's.
    var kept = environment.filter { $0.key != Self.keyVariable && !$0.key.hasPrefix("ETASCOPE_") }
    key = try Self.key(among: arguments)
    // With spinning threads two programs on the same cores slow each other down a hundredfold.
    if kept["OMP_WAIT_POLICY"] == nil { kept["OMP_WAIT_POLICY"] = "passive" }
    self.environment = kept
  }

  /// The words of the command line that serves `file` on `port`, for `slots` requests at once.
  ///
  /// Each request may have 4,096 tokens: a model's own limit may ask for more memory than there is. Options that the command
  /// has already are left as they are, but for the file and the address.
  func words(serving file: GGUFFile, port: Int, slots: Int) -> [String] {
    var words = [program] + arguments
    if Set(arguments).isDisjoint(with: ["-np", "--parallel"]) { words += ["-np", String(slots)] }
    if Set(arguments).isDisjoint(with: ["-c", "--ctx-size"]) { words += ["-c", String(4096 * slots)] }
    return words + ["-m", file.path, "--host", "127.0.0.1", "--port", String(port)]
  }

  /// The key that `arguments` name; nil where they name none.
  private static func key(among arguments: [String]) throws -> String? {
    func value(of option: String) -> String? {
      arguments.firstIndex(of: option).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
    }
    if let keys = value(of: "--api-key") { return String(keys.prefix { $0 != "," }) }
    guard let file = value(of: "--api-key-file") else { return nil }
    do {
      let lines = String(decoding: try InputFile.bytes(at: file, limit: 64 << 10), as: UTF8.self)
      return String(lines.prefix { !$0.isNewline })
    } catch {
      throw ModelError(file, "\(error)")
    }
  }

  private static func find(_ name: String, _ path: String) -> String? {
    func isProgram(_ path: String) -> Bool {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        && FileManager.default.isExecutableFile(atPath: path)
    }
    if name.contains("/") { return isProgram(name) ? name : nil }
    return path.split(separator: ":").map { "\($0)/\(name)" }.first(where: isProgram)
  }
}

/// A model file in the format of llama.cpp.
public struct GGUFFile: Sendable, Equatable {
  /// The file as it was named.
  public let path: String
  /// Its size in bytes.
  let size: UInt64
  /// The file's name without its ending.
  public var name: String { URL(filePath: path).deletingPathExtension().lastPathComponent }

  /// True where what a server keeps of a sequence is small, too: a large model keeps half a gigabyte of each and more.
  private var isSmall: Bool { size < 1 << 30 }
  /// Requests that a server of it should take at once: a small model writes eight sequences hardly slower than four.
  public var slots: Int { isSmall ? 8 : 4 }
  /// What its server is told beside the command line, in variables, which older versions pass over.
  ///
  /// Of models that look back over a window only (Gemma), a server keeps no more than the window, and then has to read a prompt
  /// anew that begins like an earlier one.
  var environment: [String: String] { isSmall ? ["LLAMA_ARG_SWA_FULL": "1"] : [:] }

  /// True where `spec`, as `--model` takes it, names such a file: by its ending.
  public static func isNamed(_ spec: String) -> Bool { spec.lowercased().hasSuffix(".gguf") }

  /// Looks at the first bytes of the file at `path`. Throws ``ModelError`` where it is missing or no GGUF file that
  /// llama.cpp reads.
  public init(_ path: String) throws {
    self.path = path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ModelError(path, "there is no such file")
    }
    if isFolder.boolValue { throw ModelError(path, "expected a GGUF file, found a folder") }
    let head: [UInt8]
    do {
      head = try InputFile.head(at: path, 8)
    } catch {
      throw ModelError(path, "\(error)")
    }
    // What a link leads to, as model stores have them.
    let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    size = (try? FileManager.default.attributesOfItem(atPath: target)[.size] as? UInt64) ?? 0
    // Magic, then the version in the byte order of the file.
    guard head.count == 8, head.prefix(4).elementsEqual("GGUF".utf8) else {
      throw ModelError(path, "expected a GGUF file, which begins with 'GGUF'; found another kind of file")
    }
    let version = head[4...].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard (2...3).contains(version) else {
      throw ModelError(path, "version", "expected GGUF version 2 or 3, found \(version)")
    }
  }
}
