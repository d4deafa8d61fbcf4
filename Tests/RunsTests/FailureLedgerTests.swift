import Testing
import TreeSearch
import Vocabulary

@testable import Runs

/// When failures are for good, and when a run should rest.
struct FailureLedgerTests {
  private let node = NodeID(1)

  private func fail(_ ledger: inout FailureLedger, _ node: NodeID, _ reason: PermanentFailure? = nil)
    -> PermanentFailure?
  {
    ledger.failed(.propose, at: node, reason)
  }

  private func trips(_ ledger: inout FailureLedger) -> Bool { ledger.trip() }

  @Test func threeInARowOfOneRoleRestTheRun() {
    var ledger = FailureLedger()
    for _ in 0..<2 {
      #expect(fail(&ledger, NodeID(0)) == nil)
      ledger.succeeded(.score, at: NodeID(0))  // says nothing of the policy
      #expect(!trips(&ledger))
    }
    #expect(fail(&ledger, NodeID(0)) == nil, "the server is to blame, not the node")
    #expect(trips(&ledger))
    #expect(!trips(&ledger), "told once")
    #expect(fail(&ledger, NodeID(0)) == nil, "counted anew once the run goes on")
    #expect(!trips(&ledger))
  }

  @Test func aNodeThatFailsWhileOthersDoNotIsGivenUp() {
    var ledger = FailureLedger()
    for _ in 0..<2 {
      #expect(fail(&ledger, node) == nil)
      ledger.succeeded(.propose, at: NodeID(2))
    }
    #expect(fail(&ledger, node) == .repeated)
    #expect(!trips(&ledger))
  }

  @Test func anAnswerClearsANode() {
    var ledger = FailureLedger()
    for _ in 0..<9 {
      #expect(fail(&ledger, node) == nil)
      ledger.succeeded(.propose, at: node)
    }
    #expect(!trips(&ledger))
  }

  @Test(arguments: PermanentFailure.allCases)
  func whatIsForGoodIsSaidAtOnce(_ reason: PermanentFailure) {
    var ledger = FailureLedger()
    for count in 1...4 {
      #expect(fail(&ledger, NodeID(count), reason) == reason)
      // Texts that are too long come one after the other at the end of a context.
      #expect(trips(&ledger) == (count == 3 && !reason.isOfText))
    }
  }
}
