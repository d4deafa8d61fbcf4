import Canvas

/// What lies over the screen and has the keyboard: a form with its drawing, its keys, its extent and its words, in one file.
///
/// A new one is a type that conforms, and the row of a command that puts it into ``ExplorerState/overlay``: nothing else
/// names it. Escape closes every one of them.
protocol Overlay: Sendable {
  /// Where its keys are looked up before those of every overlay.
  var ownContexts: [Context] { get }
  /// The text field that has the keyboard; nil where none has.
  var field: TextField? { get set }
  /// Lines scrolled away above the first one.
  var scroll: Int { get set }
  /// True where its field holds several lines, with signs between.
  var takesLines: Bool { get }

  /// Moves within what it lists.
  mutating func move(by rows: Int, in state: ExplorerState)
  /// Gives the keyboard to another of its fields, or completes what is typed.
  mutating func switchField(by count: Int, in state: ExplorerState)
  /// Its text or its place has changed; it is on the screen.
  func changed(in state: inout ExplorerState) -> [Effect]
  /// A key that no command means; nil where it means nothing here either, and is text.
  func press(_ key: Key, in state: inout ExplorerState) -> [Effect]?
  /// Does what it is for. It has left the screen; where what was typed cannot be used, it puts itself back and says why.
  func confirm(in state: inout ExplorerState) -> [Effect]
  /// It has left the screen, and nothing is to be changed.
  func close(in state: inout ExplorerState) -> [Effect]

  /// Lines that can be scrolled away at most.
  func extent(in state: ExplorerState) -> Int
  /// Draws it over the middle of the frame.
  func draw(_ state: ExplorerState, _ look: Look, on frame: inout Frame)

  /// Line mode: what it asks of a person; empty where it is only looked at.
  func question(in state: ExplorerState) -> [String]
  /// Line mode: puts what was typed into it; false where that cannot be an answer.
  mutating func fill(_ line: String, in state: ExplorerState) -> Bool
  /// Line mode: what there is to be looked at, narrowed by what was typed.
  func sentences(matching query: String, in state: ExplorerState) -> [String]
}

extension Overlay {
  var ownContexts: [Context] { [] }
  var field: TextField? {
    get { nil }
    set {}
  }
  var scroll: Int {
    get { 0 }
    set {}
  }
  var takesLines: Bool { false }
  mutating func move(by rows: Int, in state: ExplorerState) {}
  mutating func switchField(by count: Int, in state: ExplorerState) {}
  func changed(in state: inout ExplorerState) -> [Effect] { [] }
  func press(_ key: Key, in state: inout ExplorerState) -> [Effect]? { nil }
  func confirm(in state: inout ExplorerState) -> [Effect] { [] }
  func close(in state: inout ExplorerState) -> [Effect] { [] }
  func extent(in state: ExplorerState) -> Int { 0 }
  func question(in state: ExplorerState) -> [String] { [] }
  mutating func fill(_ line: String, in state: ExplorerState) -> Bool { false }
  func sentences(matching query: String, in state: ExplorerState) -> [String] { [] }

  /// Where keys are looked up while it lies over the screen.
  var contexts: [Context] { ownContexts + (field == nil ? [.popup, .always] : [.popup, .field, .always]) }
}

extension ExplorerState {
  /// Changes the text of the field that has the keyboard; elsewhere, nothing.
  mutating func editField(_ change: (inout TextField) -> Void) -> [Effect] {
    guard var edited = overlay, var field = edited.field else { return [] }
    change(&field)
    edited.field = field
    overlay = edited
    return edited.changed(in: &self)
  }

  /// Adds what was pasted to the field that has the keyboard; ends of lines stay as signs where it takes them.
  mutating func paste(_ text: String) -> [Effect] {
    guard overlay?.takesLines == true else { return editField { $0.insert(text) } }
    let lines = text.split(whereSeparator: \.isNewline).joined(separator: " \(Prompt.lineEnd) ")
    return editField { $0.insert(lines) }
  }

  /// Moves within what the overlay lists.
  mutating func moveOverlay(by rows: Int) -> [Effect] {
    guard var moved = overlay else { return [] }
    moved.move(by: rows, in: self)
    overlay = moved
    return moved.changed(in: &self)
  }

  /// Gives the keyboard to another field of the overlay, where it has several.
  mutating func switchField(by count: Int) -> [Effect] {
    guard var switched = overlay else { return [] }
    switched.switchField(by: count, in: self)
    overlay = switched
    return switched.changed(in: &self)
  }

  /// Does what the overlay is for.
  mutating func confirmOverlay() -> [Effect] {
    guard let confirmed = overlay else { return [] }
    overlay = nil
    return confirmed.confirm(in: &self)
  }

  /// Closes the overlay and changes nothing.
  mutating func closeOverlay() -> [Effect] {
    guard let closed = overlay else { return [] }
    overlay = nil
    return closed.close(in: &self)
  }
}
