extension SearchParameters {
  static let backupParameters = [backupRule, backupDiscount]

  static let backupRule = Parameter(
    id: "backup.rule", domain: .word(BackupRule.names), fallback: .word("mean"),
    help: "Q of a node: the mean or the greatest of the rewards backed up through it, or a discounted mean.",
    citation: "AlphaLLM (mean)")
  static let backupDiscount = Parameter(
    id: "backup.discount", domain: .number(0...1), fallback: .number(0.95),
    help: "Factor on a reward for each edge it is backed up, under the rule discounted.",
    citation: "AlphaLLM, section 3, γ; its authors use 1")
}
