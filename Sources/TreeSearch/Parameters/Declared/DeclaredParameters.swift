extension SearchParameters {
  /// Every parameter of the engine, declared once: flags, config keys, the settings panel and references read this list.
  public static let declared: [Parameter] =
    selectionParameters + widthParameters + optionParameters + mergeParameters + rolloutParameters + backupParameters
    + limitParameters + parallelParameters + [toolRedraws, finalSelection]

  static let finalSelection = Parameter(
    id: "final.selection", domain: .word(FinalSelection.allCases.map(\.rawValue)), fallback: .word("rerank"),
    help: "Which of the five final selections is reported as the answer.", citation: "AlphaLLM's code")
}
