import TreeSearch
import Vocabulary

/// A driver and a person who do whatever comes to mind, at any time and in any order.
public struct RandomSession {
  /// The driver.
  public var driver: Driver
  private var random: SplitMix
  private let policy: RandomPolicy
  private var told: [(Request, Answer)] = []
  private let interventions: Bool

  /// A session that `seed` determines; without `interventions` the person only looks on. `rules` are settings that chance has
  /// no say in.
  public init(seed: UInt64, interventions: Bool = true, rules: [String: String] = [:]) throws {
    random = SplitMix(seed: seed)
    let run = try RandomPolicy.run(&random, rules: rules)
    policy = run.policy
    driver = Driver(run.header, answer: run.policy.answer)
    self.interventions = interventions
  }

  /// The tree so far.
  public var tree: SearchTree { driver.search.tree }

  /// One random act; returns what it did, for messages.
  public mutating func step() -> String {
    defer { driver.journal += driver.search.takeEvents() }
    switch random.below(interventions ? 20 : 12) {
    case 0:
      if random.below(3) == 0 { driver.search.stop(random.below(2) == 0 ? .seconds : .tokens) }
      driver.ask(upTo: tree.simulations)
      return "ask for what is due"
    case 1...3:
      driver.ask(upTo: tree.simulations + random.below(4))
      return "ask"
    case 4...8: return tellAny()
    case 9: return repeatOrInvent()
    case 10:
      guard let request = take() else { return "nothing to fail" }
      driver.search.fail(request.id, "out of memory")
      return "fail \(request.id)"
    case 11: return tellMalformed()
    case 12: return "undo \(driver.search.undo())"
    case 13: return "redo \(driver.search.redo())"
    default: return intervene()
    }
  }

  /// Lets up to `simulations` more run as an ordinary driver would.
  public mutating func advance(_ simulations: Int) { driver.run(to: tree.simulations + simulations) }

  /// Answers everything that is left. False where something stays due or awaited.
  public mutating func finish() -> Bool {
    driver.run(to: 0)
    return !tree.isBusy
  }

  private mutating func take() -> Request? {
    driver.queue.isEmpty ? nil : driver.queue.remove(at: random.below(driver.queue.count))
  }

  private mutating func tellAny() -> String {
    guard let request = take() else { return "nothing to tell" }
    let answer = policy.answer(request, tree)
    told.append((request, answer))
    driver.search.tell(request.id, answer)
    return "tell \(request.id)"
  }

  private mutating func repeatOrInvent() -> String {
    if let (request, answer) = told.randomElement(using: &random) {
      driver.search.tell(request.id, answer)
      return "tell \(request.id) again"
    }
    driver.search.tell(random.below(1000) + 100_000, Answer(.options([])))
    return "tell what nobody asked"
  }

  private mutating func tellMalformed() -> String {
    guard let request = take() else { return "nothing to spoil" }
    let answers = [
      Answer(.options([])), Answer(.scores([CriticScore(critic: "value", score: .nan)])),
      Answer(.scores([CriticScore(critic: "value", score: 1.5)])), Answer(.rollouts([Rollout(text: "", score: -1)])),
      Answer(.options([SearchOption(""), SearchOption("b")])),
    ]
    driver.search.tell(request.id, answers[random.below(answers.count)])
    return "tell \(request.id) nonsense"
  }

  private mutating func intervene() -> String {
    let act = anyIntervention()
    do {
      try driver.search.intervene(act)
      return "\(act)"
    } catch {
      return "refused: \(error)"
    }
  }

  private mutating func anyParameter() -> Intervention {
    let choices: [(String, ParameterValue)] = [
      ("backup.rule", .word("max")), ("backup.rule", .word("mean")), ("backup.rule", .word("discounted")),
      ("width.rule", .word("siblingMeanQ")), ("width.rule", .word("importance")), ("search.workers", .integer(3)),
      ("search.workers", .integer(1)), ("selection.rule", .word("puct")), ("merge.rule", .word("merge")),
      ("width.minimum", .integer(3)), ("width.minimum", .integer(0)),
    ]
    let (id, value) = choices[random.below(choices.count)]
    return .set(parameter: id, value: value)
  }

  /// A cut somewhere in the option of `node`, at its ends too.
  private mutating func split(_ node: NodeID) -> Intervention {
    let option = tree.details[node.offset].option ?? SearchOption("the question")
    let at = random.below(option.bytes.count + 1)
    return .split(
      node: node, first: SearchOption(bytes: Array(option.bytes[..<at]), termination: .person),
      second: SearchOption(bytes: Array(option.bytes[at...]), termination: option.termination))
  }

  /// Something that a person may try, sensible or not.
  public mutating func anyIntervention() -> Intervention {
    let node = NodeID(random.below(tree.nodes.count))
    if random.below(10) == 0 { return random.below(2) == 0 ? split(node) : .join(node: node) }
    switch random.below(10) {
    case 8:
      let groups = tree.nodes.indices.filter { tree.nodes[$0].marks.contains(.group) }
      guard let group = groups.randomElement(using: &random) else { return .separate(node: node, member: 0) }
      return .separate(node: NodeID(group), member: random.below(tree.details[group].members.count))
    case 9: return anyParameter()
    case 0: return .expand(node: node, count: 1 + random.below(3))
    case 1, 2: return .insert(node: node, option: SearchOption("by hand \(random.below(3))\n", .person))
    case 3: return .prune(node: node)
    case 4 where node.offset % 4 == 3 && !tree[node].marks.contains(.pruned):
      return .revise(node: node, Revision(objection: "so it is not", isWhole: node.offset % 8 == 7 ? true : nil))
    case 4: return .restore(node: node)
    case 5: return .override(node: node, critic: "value", score: random.below(3) == 0 ? nil : random.unit())
    case 6: return .override(node: node, critic: "orm", score: random.unit())
    default: return .rollOut(node: node, count: 1 + random.below(2))
    }
  }
}
