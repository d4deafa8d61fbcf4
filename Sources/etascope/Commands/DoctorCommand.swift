import ArgumentParser
import Canvas
import Critics
import Foundation
import Lab
import Models
import Terminal
import TreeInsight
import TreeSearch
import Workspace

/// `etascope doctor`: what works on this machine, what is missing and why.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check terminal, colours, locale, models, sandbox, themes and workspace.")

  @OptionGroup var options: CommonOptions

  private struct Finding: Encodable {
    enum Verdict: String, Encodable { case works, limited, missing }
    let part: String
    let verdict: Verdict
    let detail: String
  }

  func run() async throws {
    let configuration = try options.configuration()
    let findings =
      await terminal() + [themes(), data()] + models(configuration)
      + [gguf(configuration), sandbox(), workspace(configuration)]
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
      Finding(part: "colours", verdict: facts.colorDepth == .mono ? .limited : .works, detail: colors(facts)),
      Finding(
        part: "locale", verdict: facts.supportsUnicode ? .works : .limited,
        detail: !facts.supportsUnicode
          ? "not UTF-8: ASCII glyphs are used; LC_ALL=C.UTF-8 gives the others"
          : facts.hasSigns ? "UTF-8" : "UTF-8; ASCII glyphs are used on this console unless ascii = false is configured"
      ),
    ]
  }

  private func colors(_ facts: TerminalFacts) -> String {
    let promise = ProcessInfo.processInfo.environment["COLORTERM"] ?? ""
    guard facts.colorDepth == .palette256, ["truecolor", "24bit"].contains(promise) else {
      return facts.colorDepth.name
    }
    return "\(facts.colorDepth.name); the terminal has more, which its description with direct colour would open "
      + "(on Debian, the package ncurses-term)"
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

  private func data() -> Finding {
    do {
      return Finding(part: "data", verdict: .works, detail: try DataFolder.locate().url.path())
    } catch {
      return Finding(part: "data", verdict: .missing, detail: "\(error)")
    }
  }

  private func models(_ configuration: Configuration) async -> [Finding] {
    do {
      let models = try ModelSet(configuration.models())
      let servers = await servers(models)
      let names = models.names.filter { !$0.key.contains(".") }.sorted { $0.key < $1.key }
      let detail = names.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
      return [Finding(part: "models", verdict: .works, detail: detail)] + servers
    } catch {
      return [Finding(part: "models", verdict: .missing, detail: "\(error)")]
    }
  }

  /// Each URL: what the server there can do, or why it cannot be used.
  private func servers(_ models: ModelSet) async -> [Finding] {
    var findings: [Finding] = []
    for (role, model) in models.servers {
      for finding in await model.probeAll() {
        switch finding {
        case .success(let found):
          let isWhole = found.abilities.logProbabilities
          findings.append(
            Finding(
              part: "server", verdict: isWhole ? .works : .limited,
              detail: "\(role): \(found.url): \(found.abilities.model): \(found.abilities.summary)"))
        case .failure(let error):
          findings.append(Finding(part: "server", verdict: .missing, detail: "\(role): \(error)"))
        }
      }
    }
    return findings
  }

  private func gguf(_ configuration: Configuration) -> Finding {
    do {
      let command = try LlamaCommand(configuration.llamaServer)
      return Finding(part: "gguf", verdict: .works, detail: "files are served by \(command.program)")
    } catch {
      return Finding(part: "gguf", verdict: .limited, detail: "\(error)")
    }
  }

  private func sandbox() async -> Finding {
    switch await SandboxProvider().find() {
    case .works(let sandbox):
      let limits = sandbox.limits
      return Finding(
        part: "sandbox", verdict: .works,
        detail:
          "programs that models write run apart: no network, no files, one process, \(limits.processorSeconds) s, "
          + "\(limits.memoryBytes >> 20) MiB, \(limits.outputBytes >> 10) KiB of output")
    case .missing(let why):
      return Finding(
        part: "sandbox", verdict: .limited, detail: "\(why): the tools python, tests and pattern are off")
    }
  }

  private func workspace(_ configuration: Configuration) -> Finding {
    let path = configuration.workspace
    guard FileManager.default.fileExists(atPath: path) else {
      return Finding(part: "workspace", verdict: .works, detail: "\(path) will be made when it is first needed")
    }
    do {
      let workspace = try Workspace(path: path, readOnly: true)
      let problems = try workspace.integrityProblems()
      let runs = try workspace.runs().count
      return Finding(
        part: "workspace", verdict: problems.isEmpty ? .works : .missing,
        detail: problems.first.map { "\(path): \($0)" } ?? "\(path): \(runs) runs")
    } catch {
      return Finding(part: "workspace", verdict: .missing, detail: "\(error)")
    }
  }
}
