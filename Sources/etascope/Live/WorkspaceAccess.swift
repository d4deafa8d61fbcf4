import Workspace

/// Opens the workspace that the options name.
enum WorkspaceAccess {
  /// For commands that only look: the file must exist and is not touched.
  static func reading(_ options: CommonOptions) throws -> Workspace {
    try Workspace(path: Configuration(options).workspace, readOnly: true)
  }

  /// For commands that change something.
  static func writing(_ options: CommonOptions) throws -> Workspace {
    let configuration = try Configuration(options)
    return try Workspace(path: configuration.workspace, author: configuration.author)
  }
}
