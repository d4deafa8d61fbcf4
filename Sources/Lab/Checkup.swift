import Critics
import Foundation
import Models
import Training
import TreeSearch
import Vocabulary
import Workspace

/// What works on this machine, what is missing and why: the part of `etascope doctor` that needs no terminal.
package enum Checkup {
  /// What was found of one part.
  package struct Finding: Encodable, Sendable {
    /// How well it works.
    package enum Verdict: String, Encodable, Sendable { case works, limited, missing }

    package let part: String
    package let verdict: Verdict
    package let detail: String
    /// What was looked at, what was seen and what follows, where `detail` is made of these.
    package var subject: String?
    package var seen: String?
    package var follows: String?

    package init(part: String, verdict: Verdict, detail: String) {
      (self.part, self.verdict, self.detail) = (part, verdict, detail)
    }

    /// Something that the server of `role` was seen to do.
    init(_ role: String, _ observation: ServerObservation) {
      self.init(part: "probe", verdict: observation.isLimit ? .limited : .works, detail: "\(role): \(observation.line)")
      (subject, seen, follows) = (observation.subject, observation.seen, observation.follows)
    }
  }

  /// Where the files that come with etascope are.
  package static func data() -> Finding {
    do {
      return Finding(part: "data", verdict: .works, detail: try DataFolder.locate().url.path(percentEncoded: false))
    } catch {
      return Finding(part: "data", verdict: .missing, detail: "\(error)")
    }
  }

  /// Who can train here: the embedded trainer always, the others where their packages are.
  package static func trainers() -> Finding {
    do {
      return Finding(
        part: "trainers", verdict: .works, detail: "embedded; sft, dpo, critic: \(try TRLTrainer.python())")
    } catch {
      return Finding(part: "trainer", verdict: .limited, detail: "embedded; sft, dpo, critic: \(error)")
    }
  }

  /// The models by role, and each server: what it can do, or why it cannot be used.
  package static func models(_ configuration: Configuration) async -> [Finding] {
    do {
      let selection = try configuration.models()
      let models = try ModelSet(selection)
      let servers = await servers(models)
      let names = models.names.filter { !$0.key.contains(".") }.sorted { $0.key < $1.key }
      let detail = names.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
      return [Finding(part: "models", verdict: .works, detail: detail)] + servers + [judges(models, of: selection)]
    } catch {
      return [Finding(part: "models", verdict: .missing, detail: "\(error)")]
    }
  }

  /// Who judges where nobody says it, and what follows from what is there.
  private static func judges(_ models: ModelSet, of selection: ModelSelection) -> Finding {
    let panel = models.critics(of: selection.standard, for: Problem(id: "", question: ""))
    let names = panel.map(\.name).joined(separator: ", ")
    guard selection.judgesItself else { return Finding(part: "judges", verdict: .works, detail: names) }
    let readsLabels = panel.contains { $0.name == CriticName.orm }
    return Finding(
      part: "judges", verdict: readsLabels ? .works : .limited,
      detail: readsLabels
        ? "\(names): the policy's own True and False, and how far its rollouts agree"
        : "\(names): no labels can be read from the policy, so that only agreement of rollouts judges its solutions; "
          + "--critic-model names another judge")
  }

  /// Each URL: what the server there can do, or why it cannot be used.
  private static func servers(_ models: ModelSet) async -> [Finding] {
    var findings: [Finding] = []
    for (role, model) in models.servers {
      for finding in await model.probeAll() {
        switch finding {
        case .success(let found):
          let isWhole = found.abilities.logProbabilities && ![.words, .none].contains(found.abilities.steps)
          findings.append(
            Finding(
              part: "server", verdict: isWhole ? .works : .limited,
              detail: "\(role): \(found.url): \(found.abilities.model): \(found.abilities.summary)"))
          findings += found.abilities.observations.map { Finding(role, $0) }
        case .failure(let error):
          findings.append(Finding(part: "server", verdict: .missing, detail: "\(role): \(error)"))
        }
      }
    }
    return findings
  }

  /// What serves GGUF files.
  package static func gguf(_ configuration: Configuration) -> Finding {
    do {
      let command = try LlamaCommand(configuration.llamaServer)
      return Finding(part: "gguf", verdict: .works, detail: "files are served by \(command.program)")
    } catch {
      return Finding(part: "gguf", verdict: .limited, detail: "\(error)")
    }
  }

  /// Whether programs that models write can be run apart.
  package static func sandbox() async -> Finding {
    switch await SandboxProvider().find() {
    case .works(let sandbox):
      let limits = sandbox.limits
      return Finding(
        part: "sandbox", verdict: .works,
        detail:
          "programs that models write run apart: no network, no files, one process, \(limits.processorSeconds) s, "
          + "\(limits.memoryBytes >> 20) MiB, \(limits.outputBytes >> 10) KiB of output")
    case .missing(let why):
      let off = CriticRegistry.standard.tools.filter(\.needsSandbox).map(\.name)
      let list = off.dropLast().joined(separator: ", ") + " and \(off.last ?? "")"
      return Finding(
        part: "sandbox", verdict: .limited, detail: "\(why): the tools \(list) are off")
    }
  }

  /// Whether two writers of a workspace are kept apart where it is.
  package static func locks(_ configuration: Configuration) -> Finding {
    folder(configuration, "locks", "a run has one writer at a time") { try $0.problemOfLocks() }
  }

  /// Whether what is committed outlives a power cut where the workspace is.
  package static func durability(_ configuration: Configuration) -> Finding {
    folder(configuration, "durability", "what is committed is on the disk before it is said") {
      try $0.problemOfDurability()
    }
  }

  private static func folder(
    _ configuration: Configuration, _ part: String, _ good: String, _ problem: (FolderCheck) throws -> String?
  ) -> Finding {
    let check = FolderCheck(workspace: configuration.workspace)
    if let objection = check.objection { return Finding(part: part, verdict: .limited, detail: objection) }
    do {
      let found = try problem(check)
      return Finding(part: part, verdict: found == nil ? .works : .limited, detail: found ?? good)
    } catch {
      return Finding(part: part, verdict: .missing, detail: "\(error)")
    }
  }

  /// Whether the workspace can be read, and is whole.
  package static func workspace(_ configuration: Configuration) -> Finding {
    let path = configuration.workspace
    guard FileManager.default.fileExists(atPath: path) else {
      return Finding(part: "workspace", verdict: .works, detail: "\(path) will be made when it is first needed")
    }
    do {
      let workspace = try Workspace(path: path, readOnly: true)
      let problems = try workspace.integrityProblems()
      let list = try workspace.runList()
      let damage = problems.first.map { "\(path): \($0)" } ?? list.damage.first?.error.description
      return Finding(
        part: "workspace", verdict: damage == nil ? .works : .missing,
        detail: damage ?? "\(path): \(list.runs.count) runs")
    } catch {
      return Finding(part: "workspace", verdict: .missing, detail: "\(error)")
    }
  }
}
