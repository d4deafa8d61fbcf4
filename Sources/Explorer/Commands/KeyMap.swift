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
  private let commands: [Context: [Key: String]]
  private let keys: [String: [Key]]

  /// The default keys of the command table.
  public static let standard = KeyMap(unchecked: [:])

  /// The default keys with those of some commands replaced: command id → keys (none: the command has no key).
  ///
  /// Throws ``KeyMapError`` for an unknown command, and where two commands in force together share a key.
  public init(rebinding changes: [String: [Key]]) throws(KeyMapError) {
    for id in changes.keys.sorted() where CommandTable.command(id) == nil {
      throw KeyMapError(commands: [id], description: "unknown command '\(id)'; `etascope keys` lists them")
    }
    self.init(unchecked: changes)
    if let clash = clashes.first {
      throw KeyMapError(
        commands: [clash.first, clash.second],
        description: "key \(clash.key) is bound to both \(clash.first) and \(clash.second)")
    }
  }

  private init(unchecked changes: [String: [Key]]) {
    var commands: [Context: [Key: String]] = [:]
    var keys: [String: [Key]] = [:]
    for command in CommandTable.all {
      keys[command.id] = changes[command.id] ?? command.keys
      for key in keys[command.id] ?? [] where commands[command.context]?[key] == nil {
        commands[command.context, default: [:]][key] = command.id
      }
    }
    self.commands = commands
    self.keys = keys
  }

  /// The command that `key` means in the first of `contexts` that knows it.
  public func command(for key: Key, in contexts: [Context]) -> Command? {
    for context in contexts {
      if let id = commands[context]?[key] { return CommandTable.command(id) }
    }
    return nil
  }

  /// The keys of a command, the first one first.
  public func keys(of command: String) -> [Key] { keys[command] ?? [] }

  /// Keys that mean two commands in places that are in force together.
  public var clashes: [(key: Key, first: String, second: String)] {
    var found: [(key: Key, first: String, second: String)] = []
    for stack in Context.stacks {
      var owners: [Key: String] = [:]
      for command in CommandTable.commands(in: stack) {
        for key in keys(of: command.id) {
          if let owner = owners[key], owner != command.id { found.append((key, owner, command.id)) }
          owners[key] = command.id
        }
      }
    }
    return found
  }
}
