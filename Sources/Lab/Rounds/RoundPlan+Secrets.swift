import Models

/// What a URL says in confidence is in no plan, journal or log: a plan has the URL without it, and a stage that speaks to the server takes
/// it from what flags, environment and configuration file say then.
extension RoundPlan {
  /// The plan as it is kept.
  ///
  /// - Throws: `LabError` for a URL that cannot be read.
  func withoutSecrets() throws -> RoundPlan {
    var plan = self
    var withheld = Set(models.withheld ?? [])
    func keep(_ spec: String, _ flag: String) throws -> String {
      do {
        let kept = try ServerModel.kept(spec)
        if kept != spec { withheld.insert(Self.server(kept)) }
        return kept
      } catch {
        throw LabError.settings("\(flag): \(error)")
      }
    }
    plan.models.policy = try models.policy.map { try keep($0, "--model") }
    plan.models.first = try models.first.map { try keep($0, "--base-model") }
    plan.models.served = try models.served?.map { try keep($0, "--served-as") }
    plan.models.rollouts = try models.rollouts.map { try keep($0, "--rollout-model") }
    plan.models.critics = try models.critics.map { try keep($0, "--critic-model") }
    plan.adapters = try adapters.map { try keep($0, "--adapters") }
    plan.models.withheld = withheld.isEmpty ? nil : withheld.sorted()
    return plan
  }

  /// True for a URL of which something is not kept, whichever of its server's models it names.
  func isWithheld(_ spec: String) -> Bool { models.withheld?.contains(Self.server(spec)) == true }

  /// `spec` as a server is spoken to by it: with what is not kept of it, as `selection` says it.
  ///
  /// - Throws: `LabError` where nobody says it.
  func whole(_ spec: String, by selection: ModelSelection) throws -> String {
    guard isWithheld(spec) else { return spec }
    if let whole = selection.urls.lazy.compactMap({ ServerModel.whole(spec, by: $0) }).first { return whole }
    throw LabError.settings(
      "\(ServerModel.shown(spec)): the round was begun with a user name, a password or a query in this URL, which is not kept: say "
        + "the whole URL again, by --model, ETASCOPE_MODEL or 'model' in the configuration file")
  }

  /// The URL without the name of a model.
  private static func server(_ spec: String) -> String { String(spec.prefix { $0 != "#" }) }
}

extension ModelSelection {
  /// Every URL that somebody gave, whole.
  var urls: [String] {
    others + ([policy, rollouts, critics] + own.map(\.model)).flatMap { $0?.urls ?? [] }
  }
}

extension ModelSpec {
  /// Its URLs, and those behind a recording.
  fileprivate var urls: [String] {
    switch self {
    case .servers(let urls): urls
    case .recording(_, let live): live?.urls ?? []
    case .folder, .gguf: []
    }
  }
}
