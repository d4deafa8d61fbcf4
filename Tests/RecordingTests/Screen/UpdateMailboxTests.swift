import Runs
import Testing
import TreeInsight
import TreeSearch

@testable import Hosts

/// A driver faster than its reader.
struct UpdateMailboxTests {
  private func event(_ number: Int) -> SearchEvent { .backedUp(node: NodeID(number), reward: 0.5) }

  @Test func eventsThatFollowOneAnotherAreOneUpdateAndTheOrderStays() {
    let box = UpdateMailbox()
    #expect(box.drain().isEmpty)
    #expect(box.put(.events([event(1)])))
    #expect(!box.put(.events([event(2), event(3)])))
    #expect(!box.put(.state(.paused)))
    #expect(!box.put(.events([event(4)])))
    let taken = box.drain()
    #expect(taken.count == 3)
    guard case .events(let first) = taken[0], case .state(.paused) = taken[1], case .events(let last) = taken[2] else {
      return #expect(Bool(false), "\(taken)")
    }
    #expect(first == [event(1), event(2), event(3)] && last == [event(4)])
    #expect(box.drain().isEmpty)
    #expect(box.put(.events([event(5)])), "whoever fills an empty box says so again")
  }
}
