/// A command as the argument parser describes it; the manual and the reference are made from nothing else.
struct CommandDescription: Decodable {
  /// An argument, option or flag.
  struct Argument: Decodable {
    /// One spelling.
    struct Name: Decodable {
      let kind: String
      let name: String
      /// As it is typed.
      var typed: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool

    /// The argument as a usage line has it, without brackets: `--seed <seed>`.
    var usage: String {
      let value = valueName.map { "<\($0)>" } ?? ""
      guard kind != "positional", let names else { return isRepeating ? "\(value) ..." : value }
      let spelled = names.map(\.typed).joined(separator: ", ")
      return kind == "option" ? "\(spelled) \(value)" : spelled
    }

    /// What it means, with its default.
    var meaning: String {
      let text = abstract ?? ""
      guard let defaultValue, !text.contains("(default"), !defaultValue.isEmpty else { return text }
      return "\(text) (default: \(defaultValue))"
    }
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let arguments: [Argument]?
  let subcommands: [CommandDescription]?

  /// Its own subcommands, without the parser's `help`.
  var children: [CommandDescription] { (subcommands ?? []).filter { $0.commandName != "help" } }
  /// Arguments that people are to see, help and version left out.
  var shown: [Argument] {
    (arguments ?? []).filter {
      $0.shouldDisplay && $0.names?.contains { $0.name == "help" || $0.name == "version" } != true
    }
  }
}
