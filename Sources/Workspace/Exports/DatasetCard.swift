import Vocabulary

/// The `README.md` of an exported dataset: what the hub and `load_dataset` read, and what a person wants to know.
struct DatasetCard {
  /// Stands in every card, so that a later export knows what it may replace.
  static let marker = "<!-- etascope dataset export -->"

  let format: DatasetFormat
  let source: DatasetSource
  let rows: Int
  let testRows: Int
  let skipped: Int
  let leftOut: [String: Int]

  private var options: DatasetOptions { source.options }
  private var tally: DatasetTally { source.tally }

  /// The card's text. Pure.
  func text() throws -> String {
    """
    ---
    \(try header().joined(separator: "\n"))
    ---
    \(Self.marker)

    # \(Self.plain(options.name)): \(format.name)

    Paths through language-model search trees that a person committed, in the \(format.name) form.
    Every row is made from the append-only commit log alone; the same log gives the same bytes.

    \((counts() + provenance()).joined(separator: "\n"))

    ## How rows are made

    \(format.rule(options))

    \(checks)## Columns

    \(format.columns(for: options).map { "- `\($0.name)` (\($0.type)): \($0.meaning)" }.joined(separator: "\n"))

    ## Use

    ```python
    from datasets import load_dataset
    dataset = load_dataset("PATH/OF/THIS/FOLDER", split="train")
    ```

    """
  }

  /// What the guards found; nothing where nobody asked them.
  private var checks: String {
    if options.checks.isEmpty { return "" }
    return "## Checks\n\n\(options.checks.map { "- \($0)\n" }.joined())\n"
  }

  private func header() throws -> [String] {
    var lines = [
      "license: \(try CanonicalJSON.text(options.license))",
      "language:", "- \(try CanonicalJSON.text(options.language))",
      "pretty_name: \(try CanonicalJSON.text("\(options.name): \(format.name)"))",
      "task_categories:", "- \(format.task)",
      "size_categories:", "- \(Self.sizeCategory(rows + testRows))",
      "annotations_creators:", "- machine-generated",
    ]
    if tally.hasLabels { lines.append("- expert-generated") }
    lines += ["tags:", "- etascope", "- tree-search", "- reasoning", "- \(format.name)"]
    lines += [
      "configs:", "- config_name: default", "  data_files:", "  - split: train",
      "    path: data/train.\(options.ending)",
    ]
    if testRows > 0 { lines += ["  - split: test", "    path: data/test.\(options.ending)"] }
    lines += ["dataset_info:", "  features:"]
    lines += format.columns(for: options).flatMap(\.feature)
    return lines
  }

  private func counts() -> [String] {
    var lines = ["- Rows: \(rows + testRows), from \(tally.commits - skipped) of \(tally.commits) active commits"]
    if options.testShare > 0 {
      lines.append(
        "- For training: \(rows); for the trainer's own test: \(testRows), of those problems whose root ancestor's SHA-256, read "
          + "as a fraction, is below \(options.testShare)")
    }
    for (reason, count) in leftOut.sorted(by: { $0.key < $1.key }) { lines.append("- Left out: \(count), \(reason)") }
    lines.append("- Problems: \(tally.problems.count)")
    if !options.roots.isEmpty {
      let roots = Set(tally.problems.flatMap { options.roots[$0] ?? [$0] })
      lines.append("- Root ancestors of the problems: \(roots.count)")
    }
    return lines
  }

  private func provenance() -> [String] {
    func line(_ name: String, _ values: Set<String>) -> String {
      let all = values.sorted().map { "`\(Self.plain($0))`" }
      return "- \(name): \(all.isEmpty ? "–" : all.joined(separator: ", "))"
    }
    return [
      line("Models", tally.models), line("Critics", tally.critics),
      line("Sources of the problems", tally.sources),
    ]
  }

  private static func sizeCategory(_ rows: Int) -> String {
    let steps = [(1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M")]
    return steps.first { rows < $0.0 }?.1 ?? "1M<n<10M"
  }

  /// Text that cannot break out of a line or a code span of Markdown.
  private static func plain(_ text: String) -> String { text.printable.filter { $0 != "`" && $0 != "<" } }
}

extension DatasetOptions {
  /// How the names of the files of rows end.
  var ending: String { isParquet ? "parquet" : "jsonl" }
}
