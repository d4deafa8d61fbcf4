import TreeSearch
import Vocabulary

/// What a run knows of its failures: which are for good, and when so many came in a row that the run should rest.
///
/// Counted by who was asked: that critics go on answering says nothing of a policy that does not.
struct FailureLedger: Equatable, Sendable {
  /// Failures of one kind in a row, and failures at one node, that are borne.
  static let tolerated = 3

  private struct Place: Hashable {
    let role: Request.Role
    let node: NodeID
  }

  private var inARow: [Request.Role: Int] = [:]
  private var atPlace: [Place: Int] = [:]
  /// Whether so much failed in a row that ``trip()`` will say so.
  private(set) var isTripped = false

  /// An answer came.
  mutating func succeeded(_ role: Request.Role, at node: NodeID) {
    inARow[role] = nil
    atPlace[Place(role: role, node: node)] = nil
  }

  /// A request failed; returns why it is never asked again, nil where it may be.
  ///
  /// - Parameter permanence: what the error itself knows.
  mutating func failed(_ role: Request.Role, at node: NodeID, _ permanence: PermanentFailure?) -> PermanentFailure? {
    if permanence?.isOfText == true { return permanence }
    inARow[role, default: 0] += 1
    if inARow[role] == Self.tolerated {
      // The whole role is to blame: what failed lately is tried again once the run goes on.
      (inARow[role], isTripped) = (nil, true)
      atPlace = atPlace.filter { $0.key.role != role }
      return permanence
    }
    if permanence != nil { return permanence }
    let place = Place(role: role, node: node)
    atPlace[place, default: 0] += 1
    return atPlace[place] == Self.tolerated ? .repeated : nil
  }

  /// True once after so many failures in a row: the run should rest.
  mutating func trip() -> Bool {
    defer { isTripped = false }
    return isTripped
  }
}
