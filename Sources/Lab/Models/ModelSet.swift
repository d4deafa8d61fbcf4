import Critics
import Foundation
import Models
import Runs
import TreeInsight
import TreeSearch
import Vocabulary
import Workspace

/// The models and critics of a selection, loaded.
package struct ModelSet: Sendable {
  package let policy: any LanguageModel
  package let rollout: any LanguageModel
  package let panel: CriticPanel
  /// The learned heads; nil where every learned critic asks another kind of model.
  private let heads: CriticModel?
  /// A run whose answers come first, and whether there are live ones after it.
  private let recording: (answers: RecordedRun, goesOnLive: Bool)?
  private let served: [ServedCritic]
  /// False for the embedded policy, which knows words and numbers only.
  private let writesCode: Bool
  private let rollouts: FastRollout
  /// What was opened, for sets beside this one.
  private let store: ModelStore

  /// Every critic there is, with its own weight.
  package static let criticWeights = CriticRegistry.standard.entries.map {
    CriticWeight(name: $0.name, weight: $0.weight, scope: $0.scope)
  }

  /// The critics of `weights` that have something to do for `problem`: what a problem does not ask for is not shown.
  package func critics(of weights: [CriticWeight], for problem: Problem) -> [CriticWeight] {
    let checks = ProblemChecks(problem)
    return weights.filter { weight in
      CriticRegistry.standard.isUseful(weight.name, for: checks, policyWritesCode: writesCode)
        && served.first { $0.critic.name == weight.name }?.isOfUse != false
    }
  }

  /// Loads the models that `selection` names, else the embedded ones. Servers are shared with `other`, and so are those of
  /// GGUF files that it has started. What computes in this process does so on `thread`; nil: each model on one of its own.
  ///
  /// - Throws: `LabError` where nothing judges outcomes, `ModelError` for what cannot be used.
  package init(_ selection: ModelSelection, beside other: ModelSet? = nil, on thread: LaneThread? = nil) throws {
    var models = ModelStore(selection, beside: other?.store, on: thread)
    var given = selection.policy
    if case .recording(let run, let live)? = given {
      recording = (try Self.recording(run, in: selection.recordings), live != nil)
      given = live
    } else {
      recording = nil
    }
    writesCode = given != nil
    let folder = try DataFolder.locate().models
    let policy = try models.model(given ?? .folder(folder.appending(path: "policy").path(percentEncoded: false)))
    self.policy = policy
    rollout = try selection.rollouts.map { try models.model($0, forRollouts: true) } ?? policy
    served = try selection.criticSpecs.map {
      try ServedCritic($0, policy: policy, selection: selection, from: &models)
    }
    switch selection.critics ?? .folder(folder.appending(path: "critic").path(percentEncoded: false)) {
    case .folder where selection.judgesItself: heads = nil
    case .folder(let path): heads = try CriticModel(models.folder(path), on: thread)
    case .gguf, .servers, .recording: heads = nil
    }
    store = models
    let neural = heads.map { NeuralCritics($0, judging: policy) }
    let tools = CriticRegistry.standard.dispatcher
    panel = CriticPanel(neural: neural, others: served.map(\.critic), tools: tools)
    let judges = [served.first { $0.critic.name == CriticName.orm }, served.first { $0.critic is AgreementCritic }]
      .compactMap(\.self)
    let head = judges.isEmpty ? neural?.critic(CriticName.orm) : nil
    let outcomes = OutcomeJudges(
      judges.map { judge in .init(judge.critic) { judge.isOfUse } } + [head].compactMap { $0.map { .init($0) } })
    guard head != nil || !judges.isEmpty else {
      throw LabError.settings("critic: expected one named \(CriticName.orm), which judges rollouts")
    }
    rollouts = FastRollout(policy: rollout, outcomes: outcomes, tools: tools, states: policy)
  }

  private static func recording(_ run: String, in workspace: String) throws -> RecordedRun {
    let workspace = try Workspace(path: workspace, readOnly: true)
    let record = try workspace.run(run)
    return try RecordedRun(run: record.id, header: record.header, events: workspace.events(of: record.id))
  }

  /// Where its models compute and its tasks run; nil where that is nowhere in particular.
  package var thread: LaneThread? { store.thread }

  /// Whether a recording answers, so that there may be nothing that is computed.
  package var isRecorded: Bool { recording != nil }

  /// The models that are served, by role.
  package var servers: [(role: String, model: any ServedModel)] {
    let critics = served.compactMap { critic in critic.model.map { ("critic.\(critic.critic.name)", $0) } }
    var seen: Set<ObjectIdentifier> = []
    return ([("policy", policy), ("rollout", rollout)] + critics).compactMap { role, model in
      guard let model = model.served, seen.insert(ObjectIdentifier(model)).inserted else { return nil }
      return (role, model)
    }
  }

  /// What ``connect()`` would wait for, in words; nil where nothing was left to wait for.
  package var awaited: String? {
    let loading = store.llamaServers.filter { !$0.value.isReady }.keys.sorted()
    if !loading.isEmpty { return "llama-server to load \(loading.joined(separator: " and "))" }
    return servers.first { $0.model.abilities == nil }.map { "\($0.model.urls[0]) to answer" }
  }

  /// Probes the servers that were not probed yet. Until then ``names`` tells only their URLs.
  ///
  /// - Throws: `ServerError` where one cannot be used; `LabError` where one cannot do what `parameters` ask for.
  package func connect(for parameters: SearchParameters) async throws {
    for server in servers where server.model.abilities == nil { try await server.model.connect() }
    guard let server = policy.served, let can = server.abilities else { return }
    func refuse(_ parameter: String, _ without: String, _ need: String) -> LabError {
      .failed("\(parameter): expected \(without), for \(server.urls[0]) \(need): \(can.summary)")
    }
    if parameters[SearchParameters.similarityPredicate] == "model", can.scoring == .none {
      throw refuse("merge.predicate", "another predicate than model", "does not score a given text")
    }
    if parameters[SearchParameters.optionLevel] == .option, parameters[SearchParameters.optionEntropy] > 0,
      !can.logProbabilities
    {
      throw refuse("option.entropy", "0", "tells no log-probabilities")
    }
  }

  /// What servers were seen to lack or to do wrong, when they were probed and since, a line each.
  package var serverLimits: [String] {
    servers.flatMap { role, model in
      (model.abilities?.observations ?? []).filter(\.isLimit).map { "\(role): \($0.line)" }
    }
  }

  /// Names and fingerprints by role, for run headers, and what servers were found to be.
  package var names: [String: String] {
    if let recording, !recording.goesOnLive { return ["recording": recording.answers.run] }
    var names = [
      "policy": "\(policy.name) \(policy.fingerprint)", "rollout": "\(rollout.name) \(rollout.fingerprint)",
    ]
    if let heads { names["critic"] = "\(heads.name) \(heads.fingerprint)" }
    for critic in served { names["critic.\(critic.critic.name)"] = critic.name }
    names["recording"] = recording?.answers.run
    for server in servers { names["\(server.role).server"] = server.model.abilities?.summary }
    return names
  }

  /// Empties the prefix caches of this process: what a run reuses from now on, it computed itself. Those of servers stay.
  package func forget() async {
    for model in [policy, rollout] { await model.forget() }
    await heads?.forget()
  }

  /// What answers the requests of one run, measured by `meter`: a recording begins anew with each.
  package func responder(meter: PromptMeter? = nil) -> any Responder {
    let live = ModelResponder(policy: policy, rollouts: rollouts, panel: panel, meter: meter)
    guard let recording else { return live }
    return RecordedResponder(recording.answers, live: recording.goesOnLive ? live : nil)
  }
}
