/// The `README.md` of an exported dataset: what the hub and `load_dataset` read, and what a person wants to know.
struct DatasetCard {
  /// Stands in every card, so that a later export knows what it may replace.
  static let marker = "<!-- etascope dataset export -->"

  let format: DatasetFormat
  let options: DatasetOptions
  let commits: [CommitLog.Commit]
  let rows: DatasetRows

  /// The card's text. Pure.
  func text() throws -> String {
    """
    ---
    \(try header().joined(separator: "\n"))
    ---
    \(Self.marker)

    # \(Self.plain(options.name)): \(format.rawValue)

    Paths through language-model search trees that a person committed, in the \(format.rawValue) form.
    Every row is made from the append-only commit log alone; the same log gives the same bytes.

    - Rows: \(rows.rows.count), from \(commits.count - rows.skipped) of \(commits.count) active commits
    - Problems: \(Set(commits.map(\.trajectory.problem.id)).count)
    \(provenance().joined(separator: "\n"))

    ## How rows are made

    \(rule)

    ## Columns

    \(DatasetFeature.columns(of: format).map { "- `\($0.name)` (\(type($0))): \($0.meaning)" }.joined(separator: "\n"))

    ## Use

    ```python
    from datasets import load_dataset
    dataset = load_dataset("PATH/OF/THIS/FOLDER", split="train")
    ```

    """
  }

  private func header() throws -> [String] {
    let labelled = commits.contains { $0.trajectory.steps.contains { $0.label != nil } }
    let isTokenTask = format == .stepwise
    var lines = [
      "license: \(try CanonicalJSON.text(options.license))",
      "language:", "- \(try CanonicalJSON.text(options.language))",
      "pretty_name: \(try CanonicalJSON.text("\(options.name): \(format.rawValue)"))",
      "task_categories:", "- \(isTokenTask ? "token-classification" : "text-generation")",
      "size_categories:", "- \(Self.sizeCategory(rows.rows.count))",
      "annotations_creators:", "- machine-generated",
    ]
    if labelled { lines.append("- expert-generated") }
    lines += ["tags:", "- etascope", "- tree-search", "- reasoning", "- \(format.rawValue)"]
    lines += [
      "configs:", "- config_name: default", "  data_files:", "  - split: train", "    path: data/train.jsonl",
      "dataset_info:", "  features:",
    ]
    for feature in DatasetFeature.columns(of: format) {
      lines.append("  - name: \(feature.name)")
      if feature.isMessages {
        lines += [
          "    list:", "    - name: role", "      dtype: string", "    - name: content", "      dtype: string",
        ]
      } else {
        lines.append("    \(feature.isList ? "list" : "dtype"): \(feature.kind.rawValue)")
      }
    }
    return lines
  }

  private func provenance() -> [String] {
    func line(_ name: String, _ values: [String]) -> String {
      let all = Set(values).sorted().map { "`\(Self.plain($0))`" }
      return "- \(name): \(all.isEmpty ? "–" : all.joined(separator: ", "))"
    }
    return [
      line("Models", commits.flatMap { $0.trajectory.models.map { "\($0.key) \($0.value)" } }),
      line("Critics", commits.flatMap { $0.trajectory.critics.map { "\($0.name) × \($0.weight)" } }),
      line("Sources of the problems", commits.compactMap(\.trajectory.problem.source)),
    ]
  }

  private var rule: String {
    switch format {
    case .promptCompletion, .conversational:
      "One row for each active commit. A path on which a person labelled a step as bad gives none. Filter on `correct` "
        + "and `finished` where only paths with the right answer should be imitated."
    case .preference:
      "One row for each fork on a committed path and each sibling there that the search found to be worth less: a lower "
        + "mean value Q, or a lower reward where there is no Q. A fork where worth is unknown or equal gives none, nor does "
        + "a step that a person labelled as bad."
    case .stepwise:
      "One row for each active commit. A person's label decides a step (good is true, bad is false, neutral is "
        + "\(options.neutralCountsAsGood)); else PRM ≥ 0.5; else the merged critic score ≥ 0.5. The row ends before the "
        + "first step without any."
    }
  }

  private func type(_ feature: DatasetFeature) -> String {
    if feature.isMessages { return "list of role and content" }
    return feature.isList ? "list of \(feature.kind.rawValue)" : feature.kind.rawValue
  }

  private static func sizeCategory(_ rows: Int) -> String {
    let steps = [(1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M")]
    return steps.first { rows < $0.0 }?.1 ?? "1M<n<10M"
  }

  /// Text that cannot break out of a line or a code span of Markdown.
  private static func plain(_ text: String) -> String { text.printable.filter { $0 != "`" && $0 != "<" } }
}
