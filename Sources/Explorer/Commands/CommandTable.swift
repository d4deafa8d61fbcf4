/// Every command of the explorer. A new one is one row in one of the lists below.
public enum CommandTable {
  /// Every command, in the order of help, palette and reference.
  public static let all: [Command] =
    treeCommands + pathCommands + nodeCommands + problemCommands + searchCommands + timeCommands + curateCommands
    + runCommands + findCommands + arrangeCommands + compareCommands + breakpointCommands + settingCommands
    + teachingCommands
    + followCommands
    + terminalCommands
    + anywhereCommands
    + popupCommands
    + fieldCommands
    + smallCommands

  /// The command of that name.
  public static func command(_ id: String) -> Command? { byID[id] }

  /// Commands that could be meant in `contexts`, in order of the contexts.
  static func commands(in contexts: [Context]) -> [Command] {
    contexts.flatMap { context in all.filter { $0.context == context } }
  }

  private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}
