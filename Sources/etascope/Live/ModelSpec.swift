import Models

/// What `--model` and its like name, checked for its form only: nothing is opened yet.
enum ModelSpec: Hashable {
  /// A model folder.
  case folder(String)
  /// A GGUF file, for which a llama-server is started.
  case gguf(String)
  /// HTTP servers of one model.
  case servers([String])

  /// Whether it is a folder.
  var isFolder: Bool { if case .folder = self { true } else { false } }

  /// Reads what `flag` was given.
  ///
  /// - Throws: exit code 2 for more than one model, unless all are URLs.
  init(_ specs: [String], flag: String) throws {
    let urls = specs.filter { ServerModel.isURL($0) }
    if !urls.isEmpty, urls.count == specs.count {
      self = .servers(urls)
    } else if specs.count == 1 {
      self = GGUFFile.isNamed(specs[0]) ? .gguf(specs[0]) : .folder(specs[0])
    } else {
      throw ExitError.usage(
        "\(flag): expected one model folder or GGUF file, or one to many URLs, found \(specs.count) models")
    }
  }
}
