import ArgumentParser
import Canvas
import Foundation
import Lab
import Terminal
import Vocabulary

/// `etascope doctor`: what works on this machine, what is missing and why.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check terminal, colours, locale, models, sandbox, trainer, themes and workspace.")

  @OptionGroup var options: CommonOptions

  private typealias Finding = Checkup.Finding

  func run() async throws {
    let configuration = try options.configuration()
    let findings =
      await terminal() + [themes(), Checkup.data()] + Checkup.models(configuration)
      + [Checkup.gguf(configuration), Checkup.sandbox()] + Checkup.walls()
      + [
        Checkup.trainers(), Checkup.locks(configuration), Checkup.durability(configuration),
        Checkup.workspace(configuration),
      ]
    let out = StandardOutput()
    for finding in findings {
      if options.json {
        try out.json(finding)
      } else {
        let words = finding.part.padding(toLength: 11, withPad: " ", startingAt: 0)
        try out.line(
          "\(words) \(finding.verdict.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)) \(finding.detail.printable)"
        )
      }
    }
    if findings.contains(where: { $0.verdict == .missing }) {
      throw ExitError.failed("something that is needed is missing")
    }
  }

  @MainActor
  private func terminal() -> [Finding] {
    let facts = TerminalFacts.current()
    let name = facts.name ?? "not set"
    return [
      Finding(
        part: "terminal", verdict: facts.isTerminal && facts.isKnown ? .works : .limited,
        detail: facts.isTerminal
          ? "TERM is \(name)\(facts.isKnown ? "" : ", which this machine does not know: the explorer cannot start")"
          : "standard input or output is no terminal: the explorer needs one, everything else works without"),
      Finding(part: "colours", verdict: facts.colorDepth == .mono ? .limited : .works, detail: facts.colorDepth.name),
      Finding(
        part: "locale", verdict: facts.supportsUnicode ? .works : .limited,
        detail: !facts.supportsUnicode
          ? "not UTF-8: ASCII glyphs are used; LC_ALL=C.UTF-8 gives the others"
          : facts.hasSigns ? "UTF-8" : "UTF-8; ASCII glyphs are used on this console unless ascii = false is configured"
      ),
    ]
  }

  private func themes() -> Finding {
    do {
      let store = try ThemeStore.located()
      let problems = store.names.flatMap { store.check($0) }
      let count = "\(store.names.count) themes"
      return Finding(
        part: "themes", verdict: problems.isEmpty ? .works : .limited,
        detail: problems.first.map { "\(count); \($0)" } ?? count)
    } catch {
      return Finding(part: "themes", verdict: .missing, detail: "\(error)")
    }
  }
}
