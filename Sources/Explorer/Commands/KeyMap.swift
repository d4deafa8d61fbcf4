import Canvas

/// Why a set of key bindings cannot be used, in words for the person who wrote it.
public struct KeyMapError: Error, Hashable, CustomStringConvertible {
  /// The commands concerned, so that a configuration's reader can point at their lines.
  public let commands: [String]
  /// One line.
  public let description: String
}

/// Which key does what, place by place.
public struct KeyMap: Sendable {
  /// Every command, in the order of help and palette.
  private let all: [Command]
  private let byID: [String: Command]
  private let commands: [Context: [Key: String]]
  private let keys: [String: [Key]]

  /// The default keys of the command table.
  public static let standard = KeyMap(unchecked: [:], CommandTable.all)

  /// The default keys with those of some commands replaced: command id → keys (none: the command has no key).
  ///
  /// Throws ``KeyMapError`` for an unknown command, and where two commands in force together share a key.
  public init(
    rebinding changes: [String: [Key]], of commands: [Command] = CommandTable.all
  ) throws(KeyMapError) {
    let known = Set(commands.map(\.id))
    for id in changes.keys.sorted() where !known.contains(id) {
      throw KeyMapError(commands: [id], description: "unknown command '\(id)'; `etascope keys` lists them")
    }
    self.init(unchecked: changes, commands)
    if let clash = clashes.first {
      throw KeyMapError(
        commands: [clash.first, clash.second],
        description: "key \(clash.key) is bound to both \(clash.first) and \(clash.second)")
    }
  }

  private init(unchecked changes: [String: [Key]], _ all: [Command]) {
    var commands: [Context: [Key: String]] = [:]
    var keys: [String: [Key]] = [:]
    for command in all {
      keys[command.id] = changes[command.id] ?? command.keys
      for key in keys[command.id] ?? [] where commands[command.context]?[key] == nil {
        commands[command.context, default: [:]][key] = command.id
      }
    }
    self.all = all
    byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.commands = commands
    self.keys = keys
  }

  /// The command that `key` means in the first of `contexts` that knows it.
  public func command(for key: Key, in contexts: [Context]) -> Command? {
    for context in contexts {
      if let id = commands[context]?[key] { return byID[id] }
    }
    return nil
  }

  /// Commands that could be meant in `contexts`, in order of the contexts.
  func commands(in contexts: [Context]) -> [Command] {
    contexts.flatMap { context in all.filter { $0.context == context } }
  }

  /// The command called `id`, if there is one.
  func command(_ id: String) -> Command? { byID[id] }

  /// The keys of a command, the first one first.
  public func keys(of command: String) -> [Key] { keys[command] ?? [] }

  /// Keys that mean two commands in places that are in force together.
  public var clashes: [(key: Key, first: String, second: String)] {
    var found: [(key: Key, first: String, second: String)] = []
    for stack in Context.stacks {
      var owners: [Key: String] = [:]
      for command in self.commands(in: stack) {
        for key in keys(of: command.id) {
          if let owner = owners[key], owner != command.id { found.append((key, owner, command.id)) }
          owners[key] = command.id
        }
      }
    }
    return found
  }
}

/// A place where keys have meaning. The keys of the places that are in force together never clash.
public enum Context: String, CaseIterable, Hashable, Sendable {
  /// The list of problems.
  case problems
  /// A task to be labelled.
  case labelling
  /// The list of rounds.
  case rounds
  /// What one stage of a round kept, and two rounds side by side.
  case stage
  /// Any screen of rounds.
  case round
  /// The tree panel.
  case tree
  /// The node panel.
  case node
  /// The path panel.
  case path
  /// Any panel of a run.
  case run
  /// Any screen, outside of popups.
  case anywhere
  /// Popups and screens alike.
  case always
  /// A popup.
  case popup
  /// The list of breakpoints.
  case breakpoints
  /// The run with a person's act beside the fork without.
  case worlds
  /// A text field of a popup.
  case field
  /// A terminal too small for anything else.
  case tooSmall

  /// The context of one panel.
  init(_ panel: Panel) {
    switch panel {
    case .tree: self = .tree
    case .node: self = .node
    case .path: self = .path
    }
  }

  /// The heading in help and in the reference.
  public var title: String {
    switch self {
    case .problems: "Problems"
    case .labelling: "Labelling"
    case .rounds: "Rounds"
    case .stage: "Stage of a round"
    case .round: "Round"
    case .tree: "Tree"
    case .node: "Node panel"
    case .path: "Path panel"
    case .run: "Search"
    case .anywhere, .always: "Anywhere"
    case .popup: "Popups"
    case .breakpoints: "Breakpoints"
    case .worlds: "With and without an act"
    case .field: "Text fields"
    case .tooSmall: "Small terminal"
    }
  }

  /// The places that are in force together, in order of look-up.
  public static let stacks: [[Context]] = [
    [.problems, .anywhere, .always], [.labelling, .anywhere, .always], [.rounds, .round, .anywhere, .always],
    [.stage, .round, .anywhere, .always],
    [.tree, .run, .anywhere, .always], [.node, .run, .anywhere, .always],
    [.path, .run, .anywhere, .always], [.popup, .always], [.popup, .field, .always],
    [.breakpoints, .popup, .always], [.worlds, .popup, .always], [.tooSmall],
  ]
}

extension ExplorerState {
  /// The key of a command, for messages; where it has none, the palette has the command.
  func key(_ command: String) -> String { keys.keys(of: command).first?.description ?? "the palette" }
}
