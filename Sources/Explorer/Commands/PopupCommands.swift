import Canvas

extension CommandTable {
  /// What works in every overlay, and in its text fields.
  static let popupCommands: [Command] = [
    Command("popup.close", "Cancel", "Closes the popup and changes nothing.", .popup, [.escape], hint: "close") {
      $0.closeOverlay()
    },
    Command("popup.confirm", "Confirm", "Does what the popup is for.", .popup, [.enter], hint: "confirm") {
      $0.confirmOverlay()
    },
    Command("popup.down", "Next", "Moves to the next row or critic.", .popup, [.down, .control("n")]) {
      $0.moveOverlay(by: 1)
    },
    Command("popup.up", "Previous", "Moves to the previous row or critic.", .popup, [.up, .control("p")]) {
      $0.moveOverlay(by: -1)
    },
    Command("popup.pageDown", "Ten down", "Moves down by ten rows.", .popup, [.pageDown]) { $0.moveOverlay(by: 10) },
    Command("popup.pageUp", "Ten up", "Moves up by ten rows.", .popup, [.pageUp]) { $0.moveOverlay(by: -10) },
    Command("popup.nextField", "Next field", "Gives the keyboard to the next field.", .popup, [.tab]) {
      $0.switchField(by: 1)
    },
    Command("popup.previousField", "Previous field", "Gives the keyboard to the field before.", .popup, [.backTab]) {
      $0.switchField(by: -1)
    },
    edit("field.left", "Left", "Moves the cursor one character left.", [.left]) { $0.move(by: -1) },
    edit("field.right", "Right", "Moves the cursor one character right.", [.right]) { $0.move(by: 1) },
    edit("field.home", "Start", "Moves the cursor to the start.", [.home, .control("a")]) {
      $0.move(by: -TextField.limit)
    },
    edit("field.end", "End", "Moves the cursor to the end.", [.end, .control("e")]) { $0.move(by: TextField.limit) },
    edit("field.deleteBackward", "Delete", "Removes the character before the cursor.", [.backspace]) {
      $0.deleteBackward()
    },
    edit("field.deleteForward", "Delete forward", "Removes the character at the cursor.", [.delete, .control("d")]) {
      $0.deleteForward()
    },
    edit("field.deleteToStart", "Delete to the start", "Removes what stands before the cursor.", [.control("u")]) {
      $0.deleteToStart()
    },
    edit("field.deleteToEnd", "Delete to the end", "Removes what stands after the cursor.", [.control("k")]) {
      $0.deleteToEnd()
    },
    Command(
      "field.lineEnd", "End of a line", "Begins another line, where several can be typed.", .field, [.control("o")],
      unless: { $0.overlay?.takesLines == true ? nil : "only one line is wanted here" }
    ) { $0.editField { $0.insert(" \(Prompt.lineEnd) ") } },
    edit("field.deleteWord", "Delete a word", "Removes the word before the cursor.", [.control("w")]) {
      $0.deleteWord()
    },
  ]

  private static func edit(
    _ id: String, _ title: String, _ help: String, _ keys: [Key],
    _ change: @escaping @Sendable (inout TextField) -> Void
  ) -> Command {
    Command(id, title, help, .field, keys) { $0.editField(change) }
  }
}
