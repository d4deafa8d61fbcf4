import CNcurses
import Canvas

/// Reads all that curses has waiting.
@MainActor
enum CursesInput {
  /// What one call takes at most, so that a flood of input cannot keep the screen from being painted.
  private static let batchLimit = 4096

  static func drain() -> [RawInput] {
    var batch: [RawInput] = []
    var value: UInt32 = 0
    while batch.count < batchLimit {
      switch Int(nc_read(&value)) {
      case NC_SCALAR: batch.append(.scalar(value))
      case NC_KEY: batch.append(raw(Int(value)))
      default: return batch
      }
    }
    return batch
  }

  private static func raw(_ code: Int) -> RawInput {
    if let key = keys[code] { return .key(key) }
    switch code {
    case NC_KEY_MOUSE: return mouse()
    case NC_KEY_PASTE_START: return .pasteStart
    case NC_KEY_PASTE_END: return .pasteEnd
    case (NC_KEY_F0 + 1)...(NC_KEY_F0 + 63): return .key(.function(code - NC_KEY_F0))
    default: return .unknown
    }
  }

  private static func mouse() -> RawInput {
    var event = nc_mouse_event()
    nc_mouse(&event)
    let button: MouseEvent.Button = event.button == 2 ? .middle : event.button == 3 ? .right : .left
    let kind: MouseEvent.Kind
    switch Int(event.kind) {
    case NC_MOUSE_PRESS: kind = .press(button)
    case NC_MOUSE_RELEASE: kind = .release(button)
    case NC_MOUSE_DRAG: kind = .drag
    case NC_MOUSE_WHEEL_UP: kind = .wheelUp
    case NC_MOUSE_WHEEL_DOWN: kind = .wheelDown
    default: return .unknown
    }
    return .mouse(MouseEvent(kind: kind, x: Int(event.x), y: Int(event.y)))
  }

  private static let keys: [Int: Key] = [
    NC_KEY_UP: .up, NC_KEY_DOWN: .down, NC_KEY_LEFT: .left, NC_KEY_RIGHT: .right,
    NC_KEY_PAGE_UP: .pageUp, NC_KEY_PAGE_DOWN: .pageDown, NC_KEY_HOME: .home,
    NC_KEY_END: .end, NC_KEY_BACKSPACE: .backspace, NC_KEY_DELETE: .delete,
    NC_KEY_INSERT: .insert, NC_KEY_ENTER: .enter, NC_KEY_BACK_TAB: .backTab,
  ]
}
