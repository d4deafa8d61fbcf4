extension FuzzTarget {
  /// Every reader of outside bytes. They look into modules, which a plain build for release does not let them.
  static let all: [FuzzTarget] = {
    #if TESTABLE
      [
        problems, configuration, themes, prompts, tours, scripts, labels, modelConfiguration, safetensors, tokenizer,
        rows,
        streams, addresses, events, journals, rounds, safeText, filters, answers, tools, keys, screens,
        workspaces, rowsOfWorkspaces,
      ] + trees
    #else
      []
    #endif
  }()
}
