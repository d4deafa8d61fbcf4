import Canvas
import TreeInsight
import TreeSearch

extension CommandTable {
  /// The engine's parameters on a live run.
  static let settingCommands: [Command] = [
    Command(
      "settings.open", "Settings",
      "Lists every engine parameter with its value, default, range and source; Enter changes one on this run.", .run,
      [.character(",")]
    ) { state in
      state.popup = .settings(PickList())
      return []
    }
  ]
}

extension ExplorerState {
  /// The parameters in force at the moment shown, narrowed by what is typed.
  func settings(_ list: PickList) -> [SettingList.Row] {
    run.map { SettingList($0.tree.parameters, matching: list.query.text).rows } ?? []
  }

  /// Asks for another value of the parameter under the cursor; in the past, says why that cannot be.
  mutating func editSetting(_ list: PickList) -> [Effect] {
    let rows = settings(list)
    guard rows.indices.contains(list.cursor) else { return [] }
    if let reason = reasonOfThePast {
      message = .failure(reason)
      return []
    }
    let row = rows[list.cursor]
    return ask(.setting(row.parameter.id, in: list), row.value.description)
  }

  /// Sets what was typed and goes back to the list, or shows what is wrong with it.
  mutating func confirmSetting(_ id: String, _ list: PickList, _ prompt: Prompt) -> [Effect] {
    guard let parameter = SearchParameters.declared.first(where: { $0.id == id }) else { return closePopup() }
    let text = prompt.field.text
    guard let value = parameter.parse(text) else {
      return refuse(prompt, "expected \(parameter.range), found '\(text)'", at: 1)
    }
    popup = .settings(list)
    return value == run?.tree.parameters.value(id) ? [] : [.run(.intervene(.set(parameter: id, value: value)))]
  }
}
