import Foundation
import Models

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
