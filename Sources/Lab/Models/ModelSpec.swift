import Models

/// What `--model` and its like name, checked for its form only: nothing is opened yet.
public enum ModelSpec: Hashable, Sendable {
  /// A model folder.
  case folder(String)
  /// A GGUF file, for which a llama-server is started.
  case gguf(String)
  /// HTTP servers of one model.
  case servers([String])
  /// The answers in the journal of this run; then those of a live model, where there is one.
  indirect case recording(String, live: ModelSpec?)

  private static let recordingPrefix = "recording:"

  /// Whether it is reached over HTTP.
  var isServed: Bool {
    switch self {
    case .servers: true
    case .recording(_, let live): live?.isServed == true
    case .folder, .gguf: false
    }
  }

  /// Whether it is a folder.
  var isFolder: Bool { if case .folder = self { true } else { false } }

  /// Reads what `flag` was given.
  ///
  /// - Throws: `LabError` for more than one model, unless all are URLs.
  public init(_ specs: [String], flag: String) throws {
    if let first = specs.first, first.hasPrefix(Self.recordingPrefix) {
      let run = String(first.dropFirst(Self.recordingPrefix.count))
      let rest = Array(specs.dropFirst())
      guard !run.isEmpty, !rest.contains(where: { $0.hasPrefix(Self.recordingPrefix) }) else {
        throw LabError.settings("\(flag): expected recording:RUN, and a live model behind it or none")
      }
      self = .recording(run, live: rest.isEmpty ? nil : try ModelSpec(rest, flag: flag))
      return
    }
    let urls = specs.filter { ServerModel.isURL($0) }
    if !urls.isEmpty, urls.count == specs.count {
      self = .servers(urls)
    } else if specs.count == 1 {
      self = GGUFFile.isNamed(specs[0]) ? .gguf(specs[0]) : .folder(specs[0])
    } else {
      throw LabError.settings(
        "\(flag): expected one model folder or GGUF file, or one to many URLs, found \(specs.count) models")
    }
  }
}
