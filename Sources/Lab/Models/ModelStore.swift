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

/// Opens the models of a selection, each once: a server that is policy and judge is one model with one cache.
struct ModelStore {
  private let selection: ModelSelection
  private var opened: [ModelSpec: any LanguageModel] = [:]
  private var folders: [ModelFolder] = []
  /// The servers that were started for GGUF files, by path.
  private(set) var llamaServers: [String: LlamaServer]

  /// A store of nothing but servers that run already.
  init(_ selection: ModelSelection, llamaServers: [String: LlamaServer]) {
    self.selection = selection
    self.llamaServers = llamaServers
  }

  /// The model that `spec` names. Servers are not asked yet.
  ///
  /// - Throws: `ModelError` for what cannot be used.
  mutating func model(_ spec: ModelSpec, forRollouts: Bool = false) throws -> any LanguageModel {
    // A table of their own may have servers of rollouts spoken to otherwise.
    if !forRollouts, let known = opened[spec] { return known }
    let model = try open(spec, forRollouts ? selection.rolloutServer : selection.server)
    if !forRollouts { opened[spec] = model }
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
    case .folder(let path): return try EmbeddedModel(folder(path))
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
