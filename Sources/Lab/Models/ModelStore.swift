import Foundation
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

  /// Whether the embedded heads read what it writes: a folder whose tokenizer is theirs, or a recording of the embedded models.
  var isOfEmbeddedFamily: Bool {
    switch self {
    case .folder(let path):
      guard let embedded = try? DataFolder.locate().models.appending(path: "critic") else { return false }
      let files = [URL(filePath: path), embedded].map { try? Data(contentsOf: $0.appending(path: "tokenizer.json")) }
      return files[0] != nil && files[0] == files[1]
    case .recording(_, let live): return live?.isOfEmbeddedFamily ?? true
    case .gguf, .servers: return false
    }
  }

  /// Whether it is a GGUF file, or one goes on behind a recording.
  var isFile: Bool {
    switch self {
    case .gguf: true
    case .recording(_, let live): live?.isFile == true
    case .folder, .servers: false
    }
  }

  /// Whether it is a folder.
  var isFolder: Bool { if case .folder = self { true } else { false } }

  /// Reads what `flag` was given.
  ///
  /// - Throws: `LabError` for more than one model, unless all are URLs.
  public init(_ specs: [String], flag: String) throws {
    let specs = specs.map { $0.contains("://") ? $0.trimmingCharacters(in: .whitespacesAndNewlines) : $0 }
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
    // Without quoting what may hold a password.
    if specs.contains(where: {
      ($0.contains("://") || $0.firstMatch(of: /^[^\/\s]+:[^\/\s]+@/) != nil) && !ServerModel.isURL($0)
    }) {
      throw LabError.settings("\(flag): expected a URL that begins with http:// or https://")
    }
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

/// Opens the models of a selection, each once: a server that is policy and judge is one model with one cache.
struct ModelStore {
  private let selection: ModelSelection
  /// The models and what names them; those of rollouts apart, because a table of their own may have them spoken to otherwise.
  private var opened: [(role: Role, model: any LanguageModel)] = []
  private var folders: [ModelFolder] = []
  /// The servers that were started for GGUF files, by path.
  private(set) var llamaServers: [String: LlamaServer]
  /// Where models of this process compute; nil: each on a thread of its own.
  let thread: LaneThread?

  /// What a model is opened as.
  private struct Role: Equatable {
    let spec: ModelSpec
    let isForRollouts: Bool
  }

  /// A store of nothing but what `other` has opened behind servers: one is spoken to by one model, whoever asks it.
  init(_ selection: ModelSelection, beside other: ModelStore? = nil, on thread: LaneThread? = nil) {
    self.selection = selection
    self.thread = thread
    llamaServers = other?.llamaServers ?? [:]
    opened = other?.opened.filter { $0.model.served != nil } ?? []
  }

  /// The model that `spec` names. Servers are not asked yet.
  ///
  /// - Throws: `ModelError` for what cannot be used.
  mutating func model(_ spec: ModelSpec, forRollouts: Bool = false) throws -> any LanguageModel {
    let role = Role(spec: spec, isForRollouts: forRollouts)
    if let known = opened.first(where: { $0.role == role }) { return known.model }
    let model = try open(spec, forRollouts ? selection.rolloutServer : selection.server)
    opened.append((role, model))
    return model
  }

  /// The model folder at `path`.
  ///
  /// - Throws: `ModelError` for what cannot be used.
  mutating func folder(_ path: String) throws -> ModelFolder {
    let folder = try ModelFolder.load(path, beside: folders)
    folders.append(folder)
    return folder
  }

  private mutating func open(_ spec: ModelSpec, _ settings: ServerSettings) throws -> any LanguageModel {
    switch spec {
    case .folder(let path): return try EmbeddedModel(folder(path), on: thread)
    case .gguf(let path): return try ServerModel(llamaServer(path), settings: settings)
    case .recording:
      throw LabError.settings("recording:RUN: expected as --model only, for it answers for every role")
    case .servers(let urls): return try ServerModel(urls: urls, settings: settings, key: selection.serverKey)
    }
  }

  private mutating func llamaServer(_ path: String) throws -> LlamaServer {
    if let running = llamaServers[path] { return running }
    let server = try LlamaServer(
      GGUFFile(path), command: LlamaCommand(selection.llamaServer), logs: DataFolder.state())
    llamaServers[path] = server
    return server
  }
}
