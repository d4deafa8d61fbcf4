/// Which way the arrows between modules point: the only table of it.
///
/// ``ImportTests`` holds the imports of every source file and the manifest's dependencies to it; `.ci/references` writes the table
/// of the page Architecture from it, which compiles this file by itself: it imports nothing.
struct Module: Sendable {
  let name: String
  /// One line for the page.
  let purpose: String
  /// What its files may import beside the system's modules: ours first, then packages.
  let imports: [String]

  init(_ name: String, _ purpose: String, imports: [String] = []) {
    self.name = name
    self.purpose = purpose
    self.imports = imports
  }

  /// Every folder of `Sources`, from the bottom to the top.
  static let all: [Module] = [
    Module("CNcurses", "plain C functions over ncursesw; no curses macro or global reaches Swift"),
    Module("CKernels", "vector kernels and a digest in C, chosen by processor at run time"),
    Module(
      "CProcess",
      "starts a process that inherits nothing and ends when we do, or one that ends so with all that it started: what Linux has for it"
    ),
    Module("CPrefetch", "one word to the processor: this line of memory is read soon"),
    Module("CGzip", "zlib, loaded when the first compressed file is read"),
    Module(
      "CHTTP",
      "libcurl, loaded when the first server is spoken to, with fixed arguments where Swift cannot call its functions"),
    Module(
      "Vocabulary",
      "words that every module shares: problem, answers and their values, judgement, endings, safe text, digest",
      imports: ["CKernels", "BigInt"]),
    Module("TreeSearch", "the engine: events, tree, rules, ask and tell", imports: ["Vocabulary", "CPrefetch"]),
    Module(
      "TreeInsight", "what people ask of a tree: why, watch, filter, time", imports: ["Vocabulary", "TreeSearch"]),
    Module(
      "SearchExample", "a program of forty lines with its own policy and critic (<doc:YourOwnPolicy>)",
      imports: ["Vocabulary", "TreeSearch"]),
    Module(
      "Models",
      "language models behind one protocol; `Embedded/` runs a Llama checkpoint in process, `LlamaServer/` starts a server for a "
        + "GGUF file, `Server/` speaks to HTTP servers",
      imports: ["Vocabulary", "CKernels", "CProcess", "CHTTP"]),
    Module(
      "Critics",
      "value, PRM, ORM, fast rollouts, `Tools/` (calculator, Python, unit tests …), `Sandbox/` for the programs they run, and the "
        + "panel that merges them",
      imports: ["Vocabulary", "Models", "BigInt"]),
    Module(
      "Training", "trainers behind one protocol: rows and a model in, a model out, read back before it counts",
      imports: ["Vocabulary", "Models", "CKernels"]),
    Module(
      "Workspace", "SQLite: problems, journals, the commit log; exports",
      imports: ["Vocabulary", "TreeSearch", "TreeInsight", "CGzip", "GRDB", "GRDBSQLite"]),
    Module(
      "Runs", "drives one search: ask → models and critics → tell → journal",
      imports: ["Vocabulary", "TreeSearch", "TreeInsight", "Models", "Critics", "Workspace", "Logging"]),
    Module(
      "Benchmarks",
      "what `etascope benchmark` measures; the C++ floor and torch's training it is held against are files",
      imports: ["Vocabulary", "TreeSearch", "Models", "Training", "Workspace", "Recorder"]),
    Module(
      "Lab",
      "what is done with searches: settings as plain values, model set, runs that are kept, evaluation, check-up",
      imports: [
        "Vocabulary", "TreeSearch", "TreeInsight", "Models", "Critics", "Training", "Workspace", "Runs", "TOMLKit",
      ]),
    Module(
      "LabExample",
      "a program of forty lines that searches two problems and keeps the runs (`YourOwnLab` in `Lab.docc`)",
      imports: ["Vocabulary", "Lab"]),
    Module(
      "Canvas", "cells, grapheme widths, glyphs, styles, themes, keys as values", imports: ["Vocabulary", "TOMLKit"]),
    Module(
      "Explorer", "state, actions, the command table, reducer, views: pure",
      imports: ["Vocabulary", "TreeSearch", "TreeInsight", "Canvas"]),
    Module(
      "Terminal", "keys, mouse, frames, signals, suspend and restore", imports: ["Vocabulary", "Canvas", "CNcurses"]),
    Module(
      "Pictures", "trees, trajectories and an evaluation's plot as SVG",
      imports: ["Vocabulary", "TreeSearch", "TreeInsight", "Workspace", "Lab", "Canvas"]),
    Module(
      "Recorder", "plays a key script against the program in a pseudo-terminal and keeps what it paints",
      imports: ["Canvas"]),
    Module(
      "Hosts",
      "what stands behind the explorer: a live run or one that is followed, the rounds, presence; no terminal is known",
      imports: ["Vocabulary", "TreeSearch", "TreeInsight", "Models", "Workspace", "Runs", "Lab", "Explorer"]),
    Module(
      "etascope", "the program: commands that parse and print, sessions, output",
      imports: [
        "Vocabulary", "TreeSearch", "TreeInsight", "Models", "Critics", "Training", "Workspace", "Runs", "Lab",
        "Pictures", "Recorder", "Canvas", "Explorer", "Hosts", "Terminal", "Benchmarks", "ArgumentParser", "Logging",
      ]),
  ]

  /// The table of the page Architecture.
  static var markdown: String {
    let rows = all.map { module in
      let imports = module.imports.isEmpty ? "–" : module.imports.joined(separator: ", ")
      return "| `\(module.name)` | \(module.purpose) | \(imports) |"
    }
    return (["| module | what it is | may import |", "|---|---|---|"] + rows).joined(separator: "\n")
  }
}
