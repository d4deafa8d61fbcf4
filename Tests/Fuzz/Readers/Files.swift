#if TESTABLE
  import Foundation
  import Vocabulary

  @testable import Canvas
  @testable import Explorer
  @testable import Lab
  @testable import Models
  @testable import Recorder
  @testable import TreeInsight
  @testable import TreeSearch
  @testable import Workspace

  /// Files that people write, or get from others.
  extension FuzzTarget {
    /// JSON Lines, JSON, CSV and TSV, packed or not.
    static let problems = FuzzTarget(
      "problems",
      words: [
        "\"question\":", "\"answer\":", "\"id\":", "\"choices\":", "\"train\":", "\"data\":", "\"messages\":",
        "\"tests\":", "\"aliases\":", "\"options\":", "\"row\":", "\"conversations\":", ",", "\t", ";", "sep=;", "####",
        "\\boxed{", "\"\"", "NaN", "Infinity",
      ], quick: 1_000
    ) { bytes in
      let name = ["p.jsonl", "p.csv", "p", "-"][bytes.count % 4]
      let lenient = try? ProblemFile.read(bytes, name: name, options: .init(longestText: 1 << 20, passOver: { _ in }))
      do {
        let strict = try ProblemFile.read(bytes, name: name, options: .init(longestText: 1 << 20))
        try FuzzFinding.require(strict == lenient, "reading with and without passing over disagrees")
        for loaded in strict {
          let back = try CanonicalJSON.value(Problem.self, from: CanonicalJSON.data(loaded.problem))
          try FuzzFinding.require(back == loaded.problem, "a problem is not what was written of it: \(loaded.problem)")
          let isSafe = !loaded.problem.id.unicodeScalars.contains(where: SafeText.isUnsafe)
          try FuzzFinding.require(isSafe, "an id that is unsafe")
        }
      } catch let error as ProblemFileError {
        try FuzzFinding.requireSafe(error.description)
      }
    }

    /// The configuration: tables of settings, parameters, servers, critics.
    static let configuration = FuzzTarget(
      "configuration",
      words: tomlWords + ["[parameters]", "[server]", "[critic.x]", "[rollout-server]", "kind", "model", "width.fixed"]
    ) { bytes in
      let file = try ConfigurationFile(String(decoding: bytes, as: UTF8.self), name: "etascope.toml")
      _ = file.layer
      _ = try? file.critics()
      _ = try? file.server(forRollouts: true)
      var parameters = SearchParameters()
      for (id, text) in try file.parameters() { try parameters.set(id, to: text) }
    }

    /// Themes, with what is made of them.
    static let themes = FuzzTarget(
      "themes", words: tomlWords + ["inherits", "[palette]", "fg", "bg", "modifiers", "#rrggbb", "\"#102030\"", "bold"]
    ) { bytes in
      let file = ScratchFile("a.toml")
      try file.write(bytes)
      let store = ThemeStore(folders: [ScratchFile.folder.path(percentEncoded: false)])
      for problem in store.check("a") { try FuzzFinding.requireSafe(problem) }
      try FuzzFinding.requireSafe(store.remark("a") ?? "")
    }

    /// What models are shown.
    static let prompts = FuzzTarget(
      "prompts", words: tomlWords + ["prompt", "{question}", "system", "ends", "next", "rest", "answers"]
    ) { bytes in
      let prompt = try PromptFile.read(bytes, name: "p.toml")
      _ = prompt.filled("1 + 1?")
    }

    private static let tomlWords = [
      "=", "[", "]", "[[", "]]", "{", "}", "\"\"\"", "'''", "#", ".", ",", "\\u0000", "\\U0010FFFF",
      "1979-05-27T07:32:00Z",
      "0xFF", "1_000", "inf", "nan", "true", "\"a\".b = 1\n",
    ]

    /// Guided tours.
    static let tours = FuzzTarget(
      "tours",
      words: [
        "title:", "question:", "answer:", "seed:", "set:", "== ", "> press ", "> lesson", "> if ", "right", "{answer}",
        "{selections}", "{", "}", "#", "Enter", "^a", "F1",
      ]
    ) { bytes in
      do {
        let tour = try Tour(String(decoding: bytes, as: UTF8.self), file: "t.txt")
        var place = TourPlace(tour)
        for key in place.wanted { place.note(key) }
        let run = OpenRun(id: "r", tree: try SharedFixtures.tree.made())
        _ = place.page(in: run)
        while place.turn(in: run) { _ = place.page(in: run) }
        while place.page > 0 { place.turnBack() }
      } catch let error as TourError {
        try FuzzFinding.requireSafe(error.description)
      }
    }

    /// Scripts of recordings.
    static let scripts = FuzzTarget(
      "scripts", words: ["size", "title", "run", "press", "type", "wait", "pause", "mark", "#", "Enter", "^a", "1e9"]
    ) { bytes in
      let script = try RecordScript(String(decoding: bytes, as: UTF8.self), file: "s.txt")
      for case (_, .press(let key)) in script.steps { _ = KeyBytes.of(key) }
    }

    /// Labels of other programs: PRM800K's and ProcessBench's.
    static let labels = FuzzTarget(
      "labels",
      words: [
        "\"question\":", "\"label\":", "\"steps\":", "\"completions\":", "\"rating\":", "\"chosen_completion\":",
        "\"finish_reason\":", "\"final_answer_correct\":", "\"human_completion\":", "\"pre_generated_steps\":",
      ], quick: 500
    ) { bytes in
      let file = ScratchFile("labels.jsonl")
      try file.write(bytes)
      do {
        _ = try LabelImport(from: [file.path], version: "1")
      } catch let error as ProblemFileError {
        try FuzzFinding.requireSafe(error.description)
      }
    }
  }
#endif
